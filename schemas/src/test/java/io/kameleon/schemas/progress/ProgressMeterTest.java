package io.kameleon.schemas.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.progress.ProgressMeter.Place;
import io.kameleon.schemas.progress.ProgressMeter.Work;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final long NOW = 1_000_000;
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Place PLACE = new Place("binlog.000003", 700, "", NOW - 40, 12);

    private final ProgressMeter meter =
            new ProgressMeter("shop", Side.REPLAY, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void recordsHoldDifferencesAndTotalsGoOn() {
        meter.batch(PLACE, new Work(5, 2, 1, 1, 9));
        meter.table(ORDERS, new TableTally(3, 1, 1, 1, 0));
        ProgressRecord first = only(meter.take());
        assertThat(first.getRows()).isEqualTo(5);
        assertThat(first.getTables().get(0).getInserts()).isEqualTo(3);
        assertThat(first.getLagCounts().get(LagBuckets.indexOf(40))).isEqualTo(2);
        assertThat(first.getPhase()).isEqualTo("WORKING");
        ProgressRecord second = only(meter.take());
        assertThat(second.getRows()).isZero();
        assertThat(second.getTables()).isEmpty();
        assertThat(second.getLagCounts()).isEmpty();
        assertThat(second.getPos()).as("positions are absolute").isEqualTo(700);
        meter.batch(PLACE, new Work(1, 1, 0, 1, 1));
        assertThat(meter.totals().rows()).isEqualTo(6);
        assertThat(meter.totals().tables()).containsKey(ORDERS);
    }

    @Test
    void waitIsOneErrorHoweverOftenItIsTriedAgain() {
        meter.waiting(ErrorCode.BROKER_UNREACHABLE, "away");
        meter.waiting(ErrorCode.BROKER_UNREACHABLE, "still away");
        assertThat(meter.totals().errors()).containsExactly(java.util.Map.entry("BROKER_UNREACHABLE", 1L));
        ProgressRecord told = only(meter.take());
        assertThat(told.getErrors()).isEqualTo(1);
        assertThat(told.getErrorMessage()).isEqualTo("away");
        meter.batch(PLACE, Work.NONE);
        meter.waiting(ErrorCode.BROKER_UNREACHABLE, "away again");
        assertThat(meter.totals().waits()).isEqualTo(2);
    }

    @Test
    void manyTablesMakeSeveralRecordsAndCountOnce() {
        for (int i = 0; i <= ProgressMeter.TABLES_PER_RECORD; i++) {
            meter.table(new TableId("shop", "t" + i), new TableTally(1, 0, 0, 0, 0));
        }
        meter.batch(PLACE, new Work(501, 1, 0, 1, 1));
        List<ProgressRecord> records = meter.take();
        assertThat(records).hasSize(2);
        assertThat(records.stream().mapToLong(ProgressRecord::getRows).sum()).isEqualTo(501);
        assertThat(records.stream().mapToInt(r -> r.getTables().size()).sum()).isEqualTo(501);
    }

    @Test
    void memoryIsBoundedWhateverTheNumberOfTables() {
        for (int i = 0; i < ProgressMeter.TABLES_MAX + 5; i++) {
            meter.table(new TableId("shop", "t" + i), new TableTally(1, 0, 0, 0, 0));
        }
        assertThat(meter.totals().tables()).hasSize(ProgressMeter.TABLES_MAX);
    }

    @Test
    void measuresAddUpByTheirLabelAndGaugesHoldTheLast() {
        meter.count(Measure.READER_EVENTS, "xid", 2);
        meter.count(Measure.READER_EVENTS, "xid", 3);
        meter.count(Measure.READER_EVENTS, "query", 0);
        meter.state(Measure.READER_QUEUE_BYTES, 70);
        meter.state(Measure.READER_QUEUE_BYTES, 0);
        assertThat(meter.totals().measures())
                .containsOnly(
                        Map.entry(new Measure.Series(Measure.READER_EVENTS, "xid"), 5L),
                        Map.entry(new Measure.Series(Measure.READER_QUEUE_BYTES, ""), 0L));
    }

    @Test
    void batchesAreCountedByTheirTime() {
        meter.batch(PLACE, new Work(5, 2, 0, 1, 9));
        meter.batch(PLACE, new Work(5, 2, 0, 1, 10));
        meter.batch(PLACE, new Work(0, 0, 0, 0, 3)); // passes marks only
        assertThat(meter.totals().batchTimeCounts().get(LagBuckets.indexOf(10))).isEqualTo(2);
        assertThat(meter.totals().batchTimeCounts()).satisfies(counts -> assertThat(
                        counts.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2));
    }

    @Test
    void quantilesLieWithinTheirBucket() {
        Long[] counts = Collections.nCopies(LagBuckets.SIZE, 0L).toArray(Long[]::new);
        assertThat(LagBuckets.quantileSeconds(List.of(counts), 0.5)).isNaN();
        counts[LagBuckets.indexOf(15)] = 90L;
        counts[LagBuckets.indexOf(700)] = 10L;
        assertThat(LagBuckets.quantileSeconds(List.of(counts), 0.5)).isCloseTo(0.0155, within(0.001));
        assertThat(LagBuckets.quantileSeconds(List.of(counts), 0.99)).isBetween(0.5, 1.0);
        counts[LagBuckets.SIZE - 1] = 1_000L;
        assertThat(LagBuckets.quantileSeconds(List.of(counts), 0.99)).isEqualTo(86_400);
        assertThat(LagBuckets.indexOf(-5)).as("clocks differ").isZero();
    }

    private static ProgressRecord only(List<ProgressRecord> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
