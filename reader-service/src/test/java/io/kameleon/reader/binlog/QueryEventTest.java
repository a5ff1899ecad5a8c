package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryEventTest {
    private static byte[] body(String status, String database, String statement) {
        byte[] text = (status + database + "\0" + statement).getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = new byte[13 + text.length];
        body[8] = (byte) database.length();
        body[11] = (byte) status.length();
        System.arraycopy(text, 0, body, 13, text.length);
        return body;
    }

    @Test
    void beginIsToldByItsBytesAndByItsPlace() {
        assertThat(QueryEvent.isBegin(body("", "", "BEGIN"))).isTrue();
        assertThat(QueryEvent.isBegin(body("\0\1\2\3\4", "shop", "BEGIN"))).isTrue();
        assertThat(QueryEvent.isBegin(body("", "shop", "DROP TABLE BEGIN"))).isFalse();
        assertThat(QueryEvent.isBegin(body("", "BEGI", ""))).isFalse();
        assertThat(QueryEvent.isBegin(body("", "", "COMMIT"))).isFalse();
    }

    @Test
    void aCutBodyIsNoBegin() {
        byte[] whole = body("", "", "BEGIN");
        assertThat(IntStream.range(0, whole.length)
                        .filter(length -> QueryEvent.isBegin(java.util.Arrays.copyOf(whole, length))))
                .isEmpty();
    }
}
