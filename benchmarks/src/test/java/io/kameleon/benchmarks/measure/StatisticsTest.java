package io.kameleon.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Spread(3, 1, 100));
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPercentileIsTheSmallestValueThatCoversItsShare() {
        long[] hundredMillis =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();
        assertThat(Latencies.of(hundredMillis)).isEqualTo(new Latencies(100, 50, 95, 99, 100));
        assertThat(Latencies.of(new long[] {2_500_000})).isEqualTo(new Latencies(1, 2.5, 2.5, 2.5, 2.5));
    }
}
