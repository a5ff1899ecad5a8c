package io.kameleon.reader.value;

import static io.kameleon.reader.value.ValueCase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDecoderTest {
    private static final ColumnPlace PLACE = new ColumnPlace(new TableId("shop", "items"), "name");

    private static String decode(String charset, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        var decoder = TextDecoder.of(PLACE, ColumnDefinition.of("name", text(TypeKind.TEXT, -1, charset), true));
        var out = new AvroOutput(8);
        decoder.write(bytes, 0, bytes.length, out, new ValueScratch());
        return new AvroInput().wrap(out.buffer(), 0, out.size()).readString();
    }

    @Test
    void latin1IsWindows1252WithControlsInItsHoles() { // F7
        assertThat(decode("latin1", "8081e4ff")).isEqualTo("€\u0081äÿ");
    }

    @Test
    void manyBytesPerCharacter() { // F7
        assertThat(decode("gbk", "d6d061")).isEqualTo("中a");
        assertThat(decode("sjis", "815f")).isEqualTo("\\");
        assertThat(decode("cp932", "8740")).isEqualTo("①");
        assertThat(decode("utf16", "d83dde00")).isEqualTo("😀");
        assertThat(decode("utf32", "0001f600")).isEqualTo("😀");
        assertThat(decode("swe7", "5b")).isEqualTo("Ä");
    }

    @Test
    void malformedTextIsNeverReplaced() {
        for (String[] sample : new String[][] {
            {"utf8mb4", "61ff"},
            {"utf8mb4", "eda080"},
            {"utf8mb4", "c080"},
            {"utf8mb4", "e282"},
            {"utf16", "d83d"},
            {"gbk", "81"},
            {"hebrew", "bf"}
        }) {
            assertThatThrownBy(() -> decode(sample[0], sample[1]))
                    .as(sample[0] + " " + sample[1])
                    .hasMessage(
                            "VALUE_MALFORMED: A value of column 'name' is not valid in the column's character set"
                                    + " {table=shop.items}. Correct the value on the source; the row is kept as a discarded row.");
        }
    }

    @Test
    void anUnknownCharacterSetIsRefused() {
        assertThatThrownBy(() -> decode("klingon", ""))
                .hasMessageStartingWith("TYPE_UNSUPPORTED: Column 'name' has character set 'klingon'");
    }

    @Test
    void utf8IsCheckedAsJavaDoes() {
        var random = new Random(3);
        byte[] pool = "aé€😀zzzzzzzz".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(20)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = pool[i % pool.length];
            }
            for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (Utf8.isValid(bytes, 0, bytes.length) != isValidForJava(bytes)) {
                throw new AssertionError(HexFormat.of().formatHex(bytes));
            }
        }
    }

    private static boolean isValidForJava(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
