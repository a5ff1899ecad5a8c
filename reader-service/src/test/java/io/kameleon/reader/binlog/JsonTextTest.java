package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final ColumnPlace PLACE = new ColumnPlace(new TableId("shop", "items"), "doc");

    private static String text(String hex) {
        byte[] document = HexFormat.of().parseHex(hex.replace(" ", ""));
        var text = new AvroOutput(16);
        new JsonText(PLACE, document, 0, document.length, text).write();
        return new String(text.buffer(), 0, text.size(), StandardCharsets.UTF_8);
    }

    @Test
    void scalars() {
        assertThat(text("0400")).isEqualTo("null");
        assertThat(text("05ffff")).isEqualTo("-1");
        assertThat(text("06ffff")).isEqualTo("65535");
        assertThat(text("07000000 80")).isEqualTo("-2147483648");
        assertThat(text("08ffffffff")).isEqualTo("4294967295");
        assertThat(text("0900000000 00000080")).isEqualTo("-9223372036854775808");
        assertThat(text("0affffffff ffffffff")).isEqualTo("18446744073709551615");
        assertThat(text("0b00000000 00000080")).isEqualTo("-0.0");
        assertThat(text("0c0461220a01")).isEqualTo("\"a\\\"\\n\\u0001\"");
    }

    @Test
    void keysMayStandOutOfOrder() { // F21: MySQL 8 places keys and values out of sequence
        // {"a": 1, "b": 2} with the text of "b" before that of "a"
        assertThat(text("00 0200 1400 1300 0100 1200 0100 05 0100 05 0200 62 61"))
                .isEqualTo("{\"a\": 1, \"b\": 2}");
    }

    @Test
    void anythingElseIsMalformed() {
        for (String hex : new String[] {
            "",
            "0e",
            "0403",
            "05ff",
            "0c05 61",
            "0c01 ff",
            "00 0100 0400",
            "02 0100 0700 0c 0900",
            "0f f6 02 0301",
            "0f f6 04 4105 0000"
        }) {
            assertThatThrownBy(() -> text(hex))
                    .as(hex)
                    .hasMessageStartingWith("VALUE_MALFORMED: A value of column 'doc' is not a JSON document");
        }
    }

    @Test
    void sharedOffsetsDoNotMultiply() {
        // arrays whose entries all point back to their own start
        assertThatThrownBy(() -> text("02 0300 0d00 02 0000 02 0000 02 0000")).hasMessageContaining("JSON document");
    }
}
