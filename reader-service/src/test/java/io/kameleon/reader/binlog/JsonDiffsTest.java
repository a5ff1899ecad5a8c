package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JsonDiffsTest {
    /** The number 5 and the text "x" in binary form, with their lengths. */
    private static final String FIVE = "03050500";

    private static final String REPLACE = "00";
    private static final String INSERT = "01";
    private static final String REMOVE = "02";

    private static String apply(String document, String... changes) {
        String all = String.join("", changes);
        byte[] bytes = HexFormat.of().parseHex(String.format("%02x000000", all.length() / 2) + all);
        var in = new BinlogInput().wrap(bytes, 0, bytes.length);
        return new JsonDiffs(new ColumnPlace(new TableId("shop", "items"), "c")).apply(document, in);
    }

    private static String change(String operation, String path, String value) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        return operation + String.format("%02x", utf8.length) + HexFormat.of().formatHex(utf8) + value;
    }

    @Test
    void changesActOneAfterTheOther() {
        assertThat(apply(
                        "{\"a\": [1, 2.50], \"b\": {\"c\": \"x\\\"]\"}}",
                        change(REPLACE, "$.a[1]", FIVE),
                        change(INSERT, "$.a[0]", FIVE),
                        change(REMOVE, "$.b.c", ""),
                        change(INSERT, "$.b.\"d e\"", FIVE)))
                .isEqualTo("{\"a\": [5, 1, 5], \"b\": {\"d e\": 5}}");
    }

    @Test
    void aNewMemberStandsWhereTheServerPutsIt() {
        assertThat(apply("{\"b\": 1, \"aa\": 2}", change(INSERT, "$.c", FIVE), change(INSERT, "$.\"ü\"", FIVE)))
                .isEqualTo("{\"b\": 1, \"c\": 5, \"aa\": 2, \"ü\": 5}");
    }

    @Test
    void theWholeDocumentCanBeReplaced() {
        assertThat(apply("[]", change(REPLACE, "$", FIVE))).isEqualTo("5");
    }

    @Test
    void aPathThatLeadsNowhereIsRefused() {
        for (String path : new String[] {"$.x.y", "$.a[7].b", "$.a.b", "a", "$[", "$.\"open", "$[1", "$[x]"}) {
            assertThatThrownBy(() -> apply("{\"a\": [1]}", change(REPLACE, path, FIVE)))
                    .as(path)
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.VALUE_MALFORMED));
        }
    }
}
