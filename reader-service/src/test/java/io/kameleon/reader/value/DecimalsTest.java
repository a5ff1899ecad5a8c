package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
            assertThat(write(value.toPlainString(), scale, scratch)).isTrue();
            assertThat(written()).isEqualTo(value.unscaledValue().toByteArray());
        }
    }

    @Test
    void otherTextIsRefused() {
        var scratch = new ValueScratch();
        for (String text : new String[] {"", "-", "1e5", "1.2.3", "NaN", "0x1", "1.234", "9".repeat(80)}) {
            assertThat(write(text, 2, scratch)).as(text).isFalse();
            assertThat(out.size()).isZero();
        }
    }

    /** Places of a decimal that fit a long and those that do not, with and without digits that the text leaves out. */
    @Test
    void fewerDigitsThanTheScaleAreFilledUp() {
        var scratch = new ValueScratch();
        for (String text : new String[] {"0", "-7", "12.5", "-0.25", "123456789012345678", "99999999999999999999.5"}) {
            assertThat(write(text, 6, scratch)).as(text).isTrue();
            assertThat(written())
                    .isEqualTo(new BigDecimal(text).setScale(6).unscaledValue().toByteArray());
        }
    }

    private boolean write(String text, int scale, ValueScratch scratch) {
        byte[] ascii = ("=" + text + "=").getBytes(StandardCharsets.US_ASCII);
        return Decimals.writeText(ascii, 1, ascii.length - 2, scale, out, scratch);
    }
}
