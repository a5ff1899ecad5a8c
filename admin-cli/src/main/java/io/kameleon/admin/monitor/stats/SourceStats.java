package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * One source, folded from its progress records.
 *
 * @param lastErrors the newest first, at most {@value #ERRORS_MAX}
 */
public record SourceStats(String source, SideStats read, SideStats replay, List<LastError> lastErrors) {
    static final int ERRORS_MAX = 20;

    public SourceStats {
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** @param side READ or REPLAY */
    public record LastError(long millis, String side, String code, String message) {}

    static SourceStats none(String source) {
        return new SourceStats(source, SideStats.NONE, SideStats.NONE, List.of());
    }

    SourceStats plus(ProgressRecord told) {
        boolean reads = told.getSide() == Side.READ;
        return new SourceStats(
                source, reads ? read.plus(told) : read, reads ? replay : replay.plus(told), errorsWith(told));
    }

    private List<LastError> errorsWith(ProgressRecord told) {
        if (told.getErrorCode() == null) {
            return lastErrors;
        }
        var errors = new ArrayList<LastError>();
        errors.add(new LastError(
                told.getTsMs(), told.getSide().name(), told.getErrorCode(), String.valueOf(told.getErrorMessage())));
        errors.addAll(lastErrors);
        return errors.subList(0, Math.min(errors.size(), ERRORS_MAX));
    }
}
