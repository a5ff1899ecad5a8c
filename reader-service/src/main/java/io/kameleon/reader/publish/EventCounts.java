package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogEventType;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.ProgressMeter;
import java.util.Arrays;
import java.util.Locale;

/** What came out of the binlog since it was last told: an addition per event, none per row. One thread only. */
final class EventCounts {
    private static final BinlogEventType[] TYPES = BinlogEventType.values();

    private final long[] byType = new long[TYPES.length];
    private long bytes;
    private long filtered;

    void event(BinlogEvent event) {
        byType[event.type().ordinal()]++;
        bytes += event.length();
    }

    /** A rows event of a table that is not replicated. */
    void filtered() {
        filtered++;
    }

    void tell(ProgressMeter meter) {
        for (BinlogEventType type : TYPES) {
            meter.count(Measure.READER_EVENTS, type.name().toLowerCase(Locale.ROOT), byType[type.ordinal()]);
        }
        meter.count(Measure.READER_BYTES, "", bytes);
        meter.count(Measure.READER_FILTERED_EVENTS, "", filtered);
        Arrays.fill(byType, 0);
        bytes = 0;
        filtered = 0;
    }
}
