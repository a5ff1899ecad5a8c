package io.kameleon.reader.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogEventType;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.Measure.Series;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.record.Side;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCountsTest {
    @Test
    void eventsAreToldOnceByTypeWithTheirBytesAndTheUnknownOneToo() {
        var meter = new ProgressMeter("shop", Side.READ, Clock.systemUTC());
        var counts = new EventCounts();
        counts.event(event(BinlogEventType.WRITE_ROWS_V2, 100));
        counts.filtered();
        counts.event(event(BinlogEventType.UNKNOWN, 30));
        counts.tell(meter);
        counts.tell(meter);
        assertThat(meter.totals().measures())
                .containsOnly(
                        Map.entry(new Series(Measure.READER_EVENTS, "write_rows_v2"), 1L),
                        Map.entry(new Series(Measure.READER_EVENTS, "unknown"), 1L),
                        Map.entry(new Series(Measure.READER_BYTES, ""), 130L),
                        Map.entry(new Series(Measure.READER_FILTERED_EVENTS, ""), 1L));
    }

    private static BinlogEvent event(BinlogEventType type, long length) {
        return new BinlogEvent(type, 0, 1, 1, length, 0, new byte[0]);
    }
}
