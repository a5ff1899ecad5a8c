package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bytes from outside fail with a typed error, whatever they are. */
class MutatedEventsTest {
    private static final Set<ErrorCode> TYPED = EnumSet.of(
            ErrorCode.BINLOG_CORRUPT,
            ErrorCode.TABLE_DEFINITION_MISMATCH,
            ErrorCode.TYPE_UNSUPPORTED,
            ErrorCode.ROW_IMAGE_INCOMPLETE,
            ErrorCode.VALUE_MALFORMED);

    private static final TableDefinition TABLE = Tables.items(
            Tables.type(TypeKind.INT),
            Tables.type(TypeKind.DECIMAL, 20, 4, false),
            Tables.type(TypeKind.VARCHAR, 10),
            Tables.type(TypeKind.JSON),
            Tables.type(TypeKind.DATETIME, 6),
            Tables.type(TypeKind.TIME, 3),
            Tables.type(TypeKind.TIMESTAMP, ColumnType.NONE),
            Tables.type(TypeKind.ENUM),
            Tables.type(TypeKind.BINARY, 4),
            Tables.type(TypeKind.DATE),
            Tables.type(TypeKind.BIT, 9));
    private static final byte[] MAP = BinlogBody.tableMap(
            new int[] {3, 246, 15, 245, 18, 19, 17, 254, 254, 10, 16},
            "1404 2800 04 06 03 00 f701 fe04 0101",
            "0101 00");
    /** The document {"a": [5, "x"]}. */
    private static final String JSON = "00 0100 1900 0b00 0100 02 0c00 61 0200 0d00 05 0500 0c 0a00 01 78 00";

    private static final String ROW = "0000" // nothing is null
            + "01000000"
            + "80000000000000000000"
            + "03616263"
            + "1a000000 " + JSON
            + "99b3a4f7fb 0f423f"
            + "800001 0000"
            + "65000000"
            + "01"
            + "0401020304"
            + "21ca0f"
            + "0101";

    private final RowsEventDecoder decoder = new RowsEventDecoder();

    @Test
    void tableMapsAndRowsFailTypedOrNotAtAll() {
        byte[] rows = BinlogBody.rows(RowsKind.WRITE, TABLE.columns().size(), ROW + ROW);
        var random = new Random(20260101);
        int decoded = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] map = round % 4 == 0 ? mutate(MAP, random) : MAP;
            byte[] body = round % 4 == 0 ? rows : mutate(rows, random);
            decoded += attempt(map, body) ? 1 : 0;
        }
        assertThat(decoded).isPositive();
    }

    /** Row options 1, then the change {@code $.a[0] = 7} in place of the document. */
    @Test
    void partialUpdatesFailTypedOrNotAtAll() {
        String changed = ROW.replace("1a000000 " + JSON, "0c000000 00 06 242e615b305d 03 05 0700");
        byte[] body = BinlogBody.rows(RowsKind.UPDATE, TABLE.columns().size(), ROW + "01 01" + changed);
        RowDecoder rows = RowDecoder.of(TABLE, TableMap.parse(MAP), ZeroDateForm.NULL);
        decoder.decodePartialUpdate(
                body, rows, image -> assertThat(new String(image.after().toByteArray(), StandardCharsets.UTF_8))
                        .contains("{\"a\": [7, \"x\"]}"));
        var random = new Random(20260102);
        for (int round = 0; round < 100_000; round++) {
            byte[] mutated = mutate(body, random);
            try {
                decoder.decodePartialUpdate(mutated, rows, image -> {});
            } catch (ReplicationException e) {
                assertThat(TYPED).contains(e.code());
            }
        }
    }

    @Test
    void theUnchangedEventDecodes() {
        decoder.decode(
                RowsKind.WRITE,
                2,
                BinlogBody.rows(RowsKind.WRITE, TABLE.columns().size(), ROW),
                RowDecoder.of(TABLE, TableMap.parse(MAP), ZeroDateForm.NULL),
                image -> assertThat(new String(image.after().toByteArray(), StandardCharsets.UTF_8))
                        .contains("{\"a\": [5, \"x\"]}"));
    }

    private boolean attempt(byte[] map, byte[] body) {
        try {
            decoder.decode(
                    RowsKind.WRITE, 2, body, RowDecoder.of(TABLE, TableMap.parse(map), ZeroDateForm.NULL), image -> {});
            return true;
        } catch (ReplicationException e) {
            assertThat(TYPED).contains(e.code());
            return false;
        }
    }

    private static byte[] mutate(byte[] source, Random random) {
        byte[] copy = source.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length + 4)) : copy;
    }
}
