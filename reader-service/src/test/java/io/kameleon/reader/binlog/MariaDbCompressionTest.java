package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** F2. */
class MariaDbCompressionTest {
    private static final byte[] ROWS = "a row, and a row, and a row, and a row".getBytes(StandardCharsets.US_ASCII);

    private static BinlogEvent event(int code, byte[] body) {
        return new BinlogEvent(BinlogEventType.of(code), code, 1, 2, 19L + body.length, 4_000, body);
    }

    private static byte[] packed(byte[] plain) {
        var deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] data = new byte[plain.length + 64];
        int length = deflater.deflate(data);
        deflater.end();
        var out = new ByteArrayOutputStream();
        out.write(0x82);
        out.write(plain.length >>> 8);
        out.write(plain.length);
        out.write(data, 0, length);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    /** Table id, flags, then nine columns with two bytes for each bitmap. */
    private static byte[] rowsHead(boolean extra, int bitmaps) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {7, 0, 0, 0, 0, 0, 1, 0});
        if (extra) {
            out.writeBytes(new byte[] {2, 0});
        }
        out.write(9);
        for (int i = 0; i < bitmaps; i++) {
            out.writeBytes(new byte[] {(byte) 0xFF, 1});
        }
        return out.toByteArray();
    }

    private static void assertPlain(int code, byte[] head, BinlogEventType type) {
        BinlogEvent plain = MariaDbCompression.expand(event(code, joined(head, packed(ROWS))));
        assertThat(plain.type()).isEqualTo(type);
        assertThat(plain.body()).isEqualTo(joined(head, ROWS));
        assertThat(plain.nextPosition()).isEqualTo(4_000);
    }

    @Test
    void rowsBehindTheBitmapsAreUnpacked() {
        assertPlain(166, rowsHead(false, 1), BinlogEventType.WRITE_ROWS_V1);
        assertPlain(167, rowsHead(false, 2), BinlogEventType.UPDATE_ROWS_V1);
        assertPlain(168, rowsHead(false, 1), BinlogEventType.DELETE_ROWS_V1);
        assertPlain(169, rowsHead(true, 1), BinlogEventType.WRITE_ROWS_V2);
        assertPlain(170, rowsHead(true, 2), BinlogEventType.UPDATE_ROWS_V2);
        assertPlain(171, rowsHead(true, 1), BinlogEventType.DELETE_ROWS_V2);
    }

    @Test
    void aStatementBehindTheDatabaseIsUnpacked() {
        byte[] head = new byte[13 + 5 + 5];
        head[8] = 4;
        head[11] = 5;
        assertPlain(165, head, BinlogEventType.QUERY);
    }

    @Test
    void anotherMethodIsRefusedByName() {
        byte[] body = joined(rowsHead(false, 1), packed(ROWS));
        body[rowsHead(false, 1).length] |= 0x10;
        assertThatThrownBy(() -> MariaDbCompression.expand(event(166, body)))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("unknown method 1");
    }

    @Test
    void whateverTheBytesAreTheErrorIsATypedOne() {
        byte[] whole = joined(rowsHead(false, 1), packed(ROWS));
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int change = 0; body.length > 0 && change < 3; change++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                MariaDbCompression.expand(event(165 + random.nextInt(7), body));
            } catch (ReplicationException e) {
                assertThat(e.code()).isIn(ErrorCode.BINLOG_CORRUPT, ErrorCode.BINLOG_EVENT_UNKNOWN);
            }
        }
    }
}
