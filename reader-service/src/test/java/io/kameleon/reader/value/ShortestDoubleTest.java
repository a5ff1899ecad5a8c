package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortestDoubleTest {
    @Test
    void spellsNumbersAsTheServerDoes() {
        assertThat(ShortestDouble.text(1)).isEqualTo("1.0");
        assertThat(ShortestDouble.text(-0.0)).isEqualTo("-0.0");
        assertThat(ShortestDouble.text(0.1)).isEqualTo("0.1");
        assertThat(ShortestDouble.text(1e15)).isEqualTo("1e15");
        assertThat(ShortestDouble.text(-1638979385880414.2)).isEqualTo("-1638979385880414.2");
        assertThat(ShortestDouble.text(1234567890123456d)).isEqualTo("1.234567890123456e15");
        assertThat(ShortestDouble.text(-1.5e300)).isEqualTo("-1.5e300");
        assertThat(ShortestDouble.text(Double.MIN_VALUE)).isEqualTo("5e-324");
        assertThat(ShortestDouble.text(2e23)).isEqualTo("2e23");
    }

    @Test
    void everyNumberReadsBackAsItself() {
        var random = new Random(11);
        for (int round = 0; round < 50_000; round++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && Double.parseDouble(ShortestDouble.text(value)) != value) {
                throw new AssertionError(value);
            }
        }
    }
}
