package io.kameleon.replay.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumericWriterTest {
    private final NumericWriter writer = new NumericWriter();

    @Test
    void fastPathAndBigPathWriteTheSameValue() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var unscaled = new BigInteger(random.nextInt(64), random);
            assertRoundTrip(random.nextBoolean() ? unscaled.negate() : unscaled, random.nextInt(31));
        }
    }

    @Test
    void edgesOfTheFastPathAreExact() {
        for (String value : new String[] {
            "0",
            "1",
            "-1",
            "9999",
            "10000",
            "-10000",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "9223372036854775808"
        }) {
            for (int scale = 0; scale <= 30; scale++) {
                assertRoundTrip(new BigInteger(value), scale);
            }
        }
    }

    @Test
    void sixtyFiveDigitsAreExact() {
        assertRoundTrip(new BigInteger("9".repeat(65)), 30);
        assertRoundTrip(new BigInteger("-" + "12345".repeat(13)), 0);
    }

    private void assertRoundTrip(BigInteger unscaled, int scale) {
        byte[] bytes = unscaled.toByteArray();
        var fast = new PgBuffer(64);
        writer.write(fast, bytes, 0, bytes.length, scale);
        var big = new PgBuffer(64);
        writer.write(big, unscaled, scale);
        assertThat(fast.toByteArray()).isEqualTo(big.toByteArray());
        assertThat(read(fast)).isEqualTo(new BigDecimal(unscaled, scale));
    }

    private static BigDecimal read(PgBuffer out) {
        ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
        assertThat(in.getInt()).isEqualTo(in.remaining());
        int count = in.getShort();
        int weight = in.getShort();
        boolean negative = in.getShort() != 0;
        int scale = in.getShort();
        BigDecimal value = BigDecimal.ZERO;
        for (int i = 0; i < count; i++) {
            int digit = in.getShort();
            assertThat(digit).isBetween(0, 9999);
            value = value.add(BigDecimal.valueOf(digit).scaleByPowerOfTen((weight - i) * 4));
        }
        return (negative ? value.negate() : value).setScale(scale);
    }
}
