package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import org.junit.jupiter.api.Test;

class TableMapTest {
    private static TableMap map(int type, String metadata, String optional) {
        return TableMap.parse(BinlogBody.tableMap(new int[] {type}, metadata, optional));
    }

    private static void decoder(ColumnType type, TableMap map) {
        RowDecoder.of(Tables.items(type), map, ZeroDateForm.NULL);
    }

    @Test
    void namesTableAndColumns() {
        byte[] body = BinlogBody.tableMap(new int[] {3, 254}, "fe28", "01 01 80" + "04 06 02 6964 02 6e6d");
        TableMap map = TableMap.parse(body);
        assertThat(map.tableId()).isEqualTo(7);
        assertThat(TableMap.tableId(body)).isEqualTo(7);
        assertThat(map.table()).isEqualTo(new TableId("shop", "items"));
        assertThat(map.columnNames()).containsExactly("id", "nm");
        assertThat(map.optional().isUnsigned(0)).isTrue();
        assertThat(map.isSame(body.clone())).isTrue();
    }

    /** A server gives a table a new id each time it opens it. */
    @Test
    void isTheSameUnderAnotherTableIdButNotWithAnotherLayout() {
        byte[] body = BinlogBody.tableMap(new int[] {3, 254}, "fe28", "");
        TableMap map = TableMap.parse(body);
        byte[] reopened = body.clone();
        reopened[0] = 8;
        assertThat(TableMap.tableId(reopened)).isEqualTo(8);
        assertThat(map.isSame(reopened)).isTrue();
        assertThat(map.isSame(BinlogBody.tableMap(new int[] {3, 254}, "fe29", "")))
                .isFalse();
        assertThat(map.isSame(BinlogBody.tableMap(new int[] {3}, "", ""))).isFalse();
        assertThat(map.isSame(new byte[] {7, 0})).isFalse();
    }

    @Test
    void stringMetadataHidesEnumSetAndLongLengths() {
        assertThat(map(254, "f702", "").type(0)).isEqualTo(WireType.ENUM);
        assertThat(map(254, "f708", "").metadata(0)).isEqualTo(8);
        assertThat(map(254, "f801", "").type(0)).isEqualTo(WireType.SET);
        TableMap wide = map(254, "cefc", ""); // CHAR(255) of utf8mb4: 1020 bytes
        assertThat(wide.type(0)).isEqualTo(WireType.STRING);
        assertThat(wide.metadata(0)).isEqualTo(1020);
    }

    @Test
    void columnCountAndTypesMustAgreeWithTheDefinition() { // F29
        assertThatThrownBy(() -> RowDecoder.of(
                        Tables.items(Tables.type(TypeKind.INT), Tables.type(TypeKind.INT)),
                        map(3, "", ""),
                        ZeroDateForm.NULL))
                .hasMessage(
                        "TABLE_DEFINITION_MISMATCH: The binlog has 1 columns, the definition 2 {table=shop.items}. A schema"
                                + " change was made outside the binlog (sql_log_bin=0, or on a replica only). Copy the table again"
                                + " with 'kameleon init_replica'.");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.INT), map(8, "", "")))
                .hasMessageContaining("Column 'c0' is int in the definition, but longlong in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.VARCHAR, 20), map(15, "2800", "")))
                .hasMessageContaining(
                        "is varchar character set utf8mb4 in the definition, but varchar of 40 bytes in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.DECIMAL, 10, 2, false), map(246, "0b02", "")))
                .hasMessageContaining("is decimal in the definition, but decimal(11,2) in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.DATETIME, 3), map(18, "06", "")))
                .hasMessageContaining("is datetime in the definition, but datetime(6) in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.TEXT), map(252, "03", "")))
                .hasMessageContaining("blob with 3 length bytes");
    }

    @Test
    void optionalMetadataIsCheckedToo() { // F29
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.INT), map(3, "", "010180")))
                .hasMessageContaining("is int in the definition, but unsigned long in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.INT), map(3, "", "0403 02 6964")))
                .hasMessageContaining("Column 'c0' is named 'id' in the binlog at the same place");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.TEXT), map(252, "02", "03013f")))
                .hasMessageContaining("a binary string in the binlog");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.BLOB), map(252, "02", "0201ff")))
                .hasMessageStartingWith("BINLOG_CORRUPT");
        assertThatCode(() -> decoder(Tables.type(TypeKind.BLOB), map(252, "02", "02013f")))
                .doesNotThrowAnyException();
    }

    @Test
    void unknownTypesAreRefusedOnlyWhereTheyAreReplicated() {
        TableMap map = TableMap.parse(BinlogBody.tableMap(new int[] {3, 20, 3}, "ff", ""));
        assertThatThrownBy(() -> RowDecoder.of(
                        Tables.items(Tables.type(TypeKind.INT), Tables.type(TypeKind.INT), Tables.type(TypeKind.INT)),
                        map,
                        ZeroDateForm.NULL))
                .hasMessageStartingWith(
                        "TYPE_UNSUPPORTED: Column 'c1' stands at or behind a type code that is not known: 20");
        assertThatThrownBy(() -> decoder(Tables.type(TypeKind.BLOB), map(140, "02", "")))
                .hasMessageStartingWith("TYPE_UNSUPPORTED: ");
    }
}
