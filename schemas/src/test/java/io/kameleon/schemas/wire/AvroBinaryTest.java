package io.kameleon.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link AvroOutput} and {@link AvroInput} against Avro's own encoder and decoder. */
class AvroBinaryTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                63,
                64,
                -64,
                -65,
                127,
                128,
                8191,
                8192,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                1L << 53,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void longsAreAvros(long value) throws IOException {
        assertAgrees(o -> o.writeLong(value), e -> e.writeLong(value));
        assertThat(input(o -> o.writeLong(value)).readLong()).isEqualTo(value);
    }

    @Test
    void longsOfEveryLengthAreAvros() throws IOException {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (long off = -2; off <= 2; off++) {
                longsAreAvros((1L << bit) + off);
                longsAreAvros(off - (1L << bit));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void intsAreAvros(int value) throws IOException {
        assertAgrees(o -> o.writeInt(value), e -> e.writeInt(value));
        assertThat(input(o -> o.writeInt(value)).readInt()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, 1.5, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.NEGATIVE_INFINITY})
    void floatingPointNumbersAreAvros(double value) throws IOException {
        assertAgrees(o -> o.writeDouble(value), e -> e.writeDouble(value));
        assertAgrees(o -> o.writeFloat((float) value), e -> e.writeFloat((float) value));
        assertThat(input(o -> o.writeDouble(value)).readDouble()).isEqualTo(Double.valueOf(value));
        assertThat(input(o -> o.writeFloat((float) value)).readFloat()).isEqualTo(Float.valueOf((float) value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "größe", "日本", "😀", "\u0000"})
    void textIsAvros(String value) throws IOException {
        assertAgrees(o -> o.writeString(value), e -> e.writeString(value));
        assertThat(input(o -> o.writeString(value)).readString()).isEqualTo(value);
    }

    @Test
    void sequencesOfAnythingReadBackBothWays() throws IOException {
        var random = new Random(42);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            long number = random.nextLong() >> random.nextInt(64);
            boolean flag = random.nextBoolean();
            assertAgrees(
                    o -> {
                        o.writeBranch(1);
                        o.writeBytes(bytes, 0, bytes.length);
                        o.writeLong(number);
                        o.writeBoolean(flag);
                    },
                    e -> {
                        e.writeIndex(1);
                        e.writeBytes(bytes);
                        e.writeLong(number);
                        e.writeBoolean(flag);
                    });
            assertDecodes(bytes, number, flag);
        }
    }

    private static void assertDecodes(byte[] bytes, long number, boolean flag) throws IOException {
        var out = new AvroOutput(0);
        out.writeBytes(bytes, 0, bytes.length);
        out.writeLong(number);
        out.writeBoolean(flag);
        BinaryDecoder avro = DecoderFactory.get().binaryDecoder(out.toByteArray(), null);
        assertThat(avro.readBytes(null)).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(avro.readLong()).isEqualTo(number);
        assertThat(avro.readBoolean()).isEqualTo(flag);
        AvroInput ours = new AvroInput().wrap(out.buffer(), 0, out.size());
        assertThat(ours.readBytes()).isEqualTo(bytes);
        assertThat(ours.readLong()).isEqualTo(number);
        assertThat(ours.readBoolean()).isEqualTo(flag);
        assertThat(ours.remaining()).isZero();
    }

    @Test
    void everyTruncationIsATypedError() {
        assertTruncationFails(o -> o.writeLong(Long.MIN_VALUE), AvroInput::readLong);
        assertTruncationFails(o -> o.writeInt(Integer.MIN_VALUE), AvroInput::readInt);
        assertTruncationFails(o -> o.writeDouble(1), AvroInput::readDouble);
        assertTruncationFails(o -> o.writeFloat(1), AvroInput::readFloat);
        assertTruncationFails(o -> o.writeBoolean(true), AvroInput::readBoolean);
        assertTruncationFails(o -> o.writeString("größe"), AvroInput::readString);
        assertTruncationFails(o -> o.writeString("größe"), AvroInput::readBytes);
    }

    private static void assertTruncationFails(Consumer<AvroOutput> write, Consumer<AvroInput> read) {
        var out = new AvroOutput(16);
        write.accept(out);
        for (int length = 0; length < out.size(); length++) {
            AvroInput cut = new AvroInput().wrap(out.toByteArray(), 0, length);
            assertMalformed(() -> read.accept(cut));
        }
    }

    @Test
    void lengthsAndRangesThatCannotBeAreTypedErrors() {
        assertMalformed(() -> input(o -> o.writeLong(-1)).readBytes());
        assertMalformed(() -> input(o -> o.writeLong(Long.MAX_VALUE)).readString());
        assertMalformed(() -> input(o -> o.writeLong(1L << 40)).readInt());
        assertMalformed(() -> input(o -> o.writeLong(1)).skip(-1));
        assertMalformed(() -> new AvroInput().wrap(new byte[3], 1, 4));
        byte[] endless = "\u00ff".repeat(11).getBytes(StandardCharsets.ISO_8859_1);
        assertMalformed(() -> new AvroInput().wrap(endless, 0, endless.length).readLong());
    }

    @Test
    void noBytesAtAllRaiseAnythingButTheTypedError() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            AvroInput in = new AvroInput().wrap(noise, 0, noise.length);
            assertMalformed(() -> readUntilItFails(in));
        }
    }

    private static void readUntilItFails(AvroInput in) {
        while (true) {
            in.readBytes();
            in.readInt();
            in.readDouble();
        }
    }

    @Test
    void aHalfWrittenRowIsTakenBack() {
        var out = new AvroOutput(4);
        out.writeLong(7);
        int mark = out.size();
        out.writeString("half a row");
        out.truncate(mark);
        assertThat(out.toByteArray()).containsExactly(14);
        assertThatThrownBy(() -> out.truncate(mark + 1)).isInstanceOf(IllegalArgumentException.class);
        out.reset();
        assertThat(out.size()).isZero();
    }

    private static void assertMalformed(Runnable read) {
        assertThatThrownBy(read::run).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.RECORD_MALFORMED));
    }

    private static AvroInput input(Consumer<AvroOutput> write) {
        var out = new AvroOutput(1);
        write.accept(out);
        return new AvroInput().wrap(out.buffer(), 0, out.size());
    }

    private interface AvroWriting {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private static void assertAgrees(Consumer<AvroOutput> ours, AvroWriting avros) throws IOException {
        var out = new AvroOutput(0);
        ours.accept(out);
        var expected = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(expected, null);
        avros.write(encoder);
        encoder.flush();
        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }
}
