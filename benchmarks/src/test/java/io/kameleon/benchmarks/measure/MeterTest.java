package io.kameleon.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final List<ProcessHandle> SELF = List.of(ProcessHandle.current());

    @Test
    void theFirstFifthOfTheRowsDoesNotCount() throws Exception {
        long[] rows = {0};
        Activity activity = new Meter(Map.of(), Duration.ofSeconds(10))
                .watch(SELF, () -> rows[0] = rows[0] == 0 ? 40 : Math.min(1000, rows[0] + 240), 1000);
        assertThat(activity.rows()).isEqualTo(720);
        assertThat(activity.seconds()).isPositive();
        assertThat(activity.peakBytes()).isPositive();
    }

    @Test
    void aCounterThatGoesBeyondTheRowsCountsAsAll() throws Exception {
        long[] looks = {0};
        Activity activity = new Meter(Map.of(), Duration.ofSeconds(10)).watch(SELF, () -> ++looks[0] * 60, 100);
        assertThat(activity.rows()).isEqualTo(40);
    }

    @Test
    void silenceMakesTheRunVoid() {
        var meter = new Meter(Map.of(), Duration.ofMillis(100));
        assertThatThrownBy(() -> meter.watch(SELF, () -> 5, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after 5 of 10");
    }
}
