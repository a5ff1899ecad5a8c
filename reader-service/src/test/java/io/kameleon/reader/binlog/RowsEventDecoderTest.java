package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Table {@code (c0 INT PRIMARY KEY, c1 VARCHAR(3))}. */
class RowsEventDecoderTest {
    private static final TableDefinition TABLE =
            Tables.items(Tables.type(TypeKind.INT), Tables.type(TypeKind.VARCHAR, 3));
    private static final RowDecoder DECODER =
            RowDecoder.of(TABLE, TableMap.parse(BinlogBody.tableMap(new int[] {3, 15}, "0c00", "")), ZeroDateForm.NULL);

    private final List<String> seen = new ArrayList<>();

    private void decode(RowsKind kind, int version, byte[] body) {
        new RowsEventDecoder().decode(kind, version, body, DECODER, image -> seen.add(describe(image)));
    }

    private static String describe(RowImage image) {
        return hex(image.before()) + " " + hex(image.after()) + " keys " + hex(image.beforeKey()) + " "
                + hex(image.afterKey()) + (image.keyChanged() ? " changed" : "");
    }

    private static String hex(AvroOutput out) {
        return HexFormat.of().formatHex(out.toByteArray());
    }

    @Test
    void insertsHaveAfterImagesOnly() {
        decode(RowsKind.WRITE, 2, BinlogBody.rows(RowsKind.WRITE, 2, "00 01000000 0161" + "02 ffffffff"));
        assertThat(seen).containsExactly(" 02020261 keys  02", " 0100 keys  01");
    }

    @Test
    void updatesTellWhetherTheKeyChanged() {
        String row = "00 01000000 0161";
        byte[] body = BinlogBody.rows(RowsKind.UPDATE, 2, row + "00 01000000 0162" + row + "00 02000000 0161");
        decode(RowsKind.UPDATE, 2, body);
        assertThat(seen).containsExactly("02020261 02020262 keys 02 02", "02020261 04020261 keys 02 04 changed");
    }

    @Test
    void versionOneHasNoExtraData() {
        byte[] body =
                new BinlogBody().hex("070000000000 0100 02 03 00 01000000 0161").toByteArray();
        decode(RowsKind.DELETE, 1, body);
        assertThat(seen).containsExactly("02020261  keys 02 ");
    }

    @Test
    void extraDataIsSteppedOver() {
        byte[] body = new BinlogBody()
                .hex("070000000000 0100 0500 aabbcc 02 03 00 01000000 0161")
                .toByteArray();
        decode(RowsKind.DELETE, 2, body);
        assertThat(seen).hasSize(1);
    }

    @Test
    void columnsTellWhereTheyStart() {
        byte[] body = BinlogBody.rows(RowsKind.WRITE, 2, "00 01000000 0161");
        new RowsEventDecoder().decode(RowsKind.WRITE, 2, body, DECODER, image -> {
            assertThat(image.afterStart(0)).isZero();
            assertThat(image.afterStart(1)).isEqualTo(1);
            assertThat(image.afterStart(2)).isEqualTo(image.after().size());
        });
    }

    @Test
    void whatTheImageAfterLacksIsTakenFromTheOneBefore() { // F4: MariaDB's FULL_NODUP
        decode(RowsKind.UPDATE, 2, partial("03 01", "00 01000000 0161" + "00 01000000"));
        assertThat(seen).containsExactly("02020261 02020261 keys 02 02");
    }

    @Test
    void anAbsentColumnIsNeverTakenForNull() { // F4
        new RowsEventDecoder()
                .decode(RowsKind.UPDATE, 2, partial("01 03", "00 01000000" + "00 01000000 0162"), DECODER, image -> {
                    assertThat(image.absent().before().toString()).isEqualTo("{1}");
                    assertThat(image.absent().after().isEmpty()).isTrue();
                    seen.add(describe(image));
                });
        assertThat(seen).containsExactly("0200 02020262 keys 02 02");
    }

    @Test
    void aColumnThatNeitherImageHasIsMarkedInBoth() { // F4
        new RowsEventDecoder()
                .decode(
                        RowsKind.UPDATE,
                        2,
                        partial("01 01", "00 01000000" + "00 02000000"),
                        DECODER,
                        image -> assertThat(image.absent()).hasToString("AbsentColumns[before={1}, after={1}]"));
    }

    @Test
    void aRowWithoutItsKeyCannotBePlaced() { // F4
        assertThatThrownBy(() -> decode(RowsKind.UPDATE, 2, partial("02 02", "00 0161" + "00 0162")))
                .hasMessageStartingWith(
                        "ROW_IMAGE_INCOMPLETE: A row image lacks column 'c0', without which the row cannot"
                                + " be placed {table=shop.items}.");
        assertThat(seen).isEmpty();
    }

    /** An update of the two columns with these bitmaps of the columns that are there. */
    private static byte[] partial(String bitmaps, String row) {
        return new BinlogBody()
                .hex("070000000000 0100 0200 02 " + bitmaps + row)
                .toByteArray();
    }

    @Test
    void nullInANotNullColumnIsAMismatch() {
        byte[] body = BinlogBody.rows(RowsKind.WRITE, 2, "01 0161");
        assertThatThrownBy(() -> decode(RowsKind.WRITE, 2, body))
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.TABLE_DEFINITION_MISMATCH))
                .hasMessageContaining("Column 'c0' is NOT NULL in the definition, but null in a row");
    }

    @Test
    void aMalformedValueStopsTheEventUnlessTheSinkTakesIt() {
        byte[] body = BinlogBody.rows(RowsKind.WRITE, 2, "00 01000000 01ff" + "00 02000000 0162");
        assertThatThrownBy(() -> decode(RowsKind.WRITE, 2, body))
                .hasMessageContaining(
                        "VALUE_MALFORMED: A value of column 'c1' is not valid in the column's character set");
        assertThat(seen).isEmpty();
    }

    @Test
    void rowsBehindARefusedOneGoOn() {
        byte[] body = BinlogBody.rows(RowsKind.WRITE, 2, "00 01000000 01ff" + "00 02000000 0162");
        new RowsEventDecoder().decode(RowsKind.WRITE, 2, body, DECODER, new RowSink() {
            @Override
            public void row(RowImage image) {
                seen.add(hex(image.after()));
            }

            @Override
            public void refused(RowsKind kind, byte[] event, int from, int to, ReplicationException cause) {
                seen.add("refused " + HexFormat.of().formatHex(event, from, to));
            }
        });
        assertThat(seen).containsExactly("refused 000100000001ff", "04020262");
    }

    @Test
    void aTruncatedEventIsCorrupt() {
        byte[] body = BinlogBody.rows(RowsKind.WRITE, 2, "00 01000000 0361");
        assertThatThrownBy(() -> decode(RowsKind.WRITE, 2, body)).hasMessageStartingWith("BINLOG_CORRUPT: ");
    }
}
