package io.kameleon.admin.lag;

import io.kameleon.reader.server.BinlogFile;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.util.List;
import java.util.Optional;

/** How many bytes of one server's log lie between two places. */
public final class BinlogDistance {
    private BinlogDistance() {}

    /**
     * Empty when the log does not reach back to {@code from} any more, or it belongs to another log.
     *
     * @param files that the server still has, oldest first
     */
    public static Optional<Long> bytes(List<BinlogFile> files, BinlogCoordinates from, BinlogCoordinates to) {
        if (!from.isBefore(to)) {
            return Optional.of(0L);
        }
        long bytes = 0;
        boolean inside = false;
        for (BinlogFile file : files) {
            boolean first = file.name().equals(from.file());
            boolean last = file.name().equals(to.file());
            inside |= first;
            if (inside) {
                bytes += (last ? to.position() : file.sizeBytes()) - (first ? from.position() : 0);
            }
            if (last) {
                return inside ? Optional.of(Math.max(0, bytes)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
