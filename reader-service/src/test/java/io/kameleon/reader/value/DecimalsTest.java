package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private final AvroOutput out = new AvroOutput(16);

    private byte[] written() {
        byte[] bytes = new AvroInput().wrap(out.buffer(), 0, out.size()).readBytes();
        out.reset();
        return bytes;
    }

    @Test
    void longsAreMinimalTwosComplement() {
        long[] edges = {
            0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, -32769, Long.MAX_VALUE, Long.MIN_VALUE
        };
        for (long edge : edges) {
            Decimals.write(edge, out);
            assertThat(written()).isEqualTo(BigInteger.valueOf(edge).toByteArray());
            Decimals.writeUnsigned(edge, out);
            assertThat(written()).isEqualTo(new BigInteger(Long.toUnsignedString(edge)).toByteArray());
        }
    }

    @Test
    void textOfAnyLengthIsExact() {
        var random = new Random(7);
        var scratch = new ValueScratch();
        for (int round = 0; round < 20_000; round++) {
            int scale = random.nextInt(31);
            var value = new BigDecimal(new BigInteger(random.nextInt(215), random), scale);
            value = random.nextBoolean() ? value : value.negate();
            assertThat(Decimals.writeText(value.toPlainString(), scale, out, scratch))
                    .isTrue();
            assertThat(written()).isEqualTo(value.unscaledValue().toByteArray());
        }
    }

    @Test
    void otherTextIsRefused() {
        var scratch = new ValueScratch();
        for (String text : new String[] {"", "-", "1e5", "1.2.3", "NaN", "0x1", "1.234", "9".repeat(80)}) {
            assertThat(Decimals.writeText(text, 2, out, scratch)).as(text).isFalse();
            assertThat(out.size()).isZero();
        }
    }
}
