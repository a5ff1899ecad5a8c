package io.kameleon.schemas.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSchemasTest {
    /** F49, F65: Avro knows letters, digits and underscores only; MySQL knows everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b", "a-b", "größe", "日本", "😀", "select", "record", "int", "1st", "$x", " ", "a b", "null", "_"
            })
    void anyNameMakesALegalSchemaThatKnowsTheName(String name) {
        TableDefinition table = table(new TableId(name, name), name);
        RowSchemas schemas = RowSchemas.of("kameleon." + name, table);

        assertParsesBack(schemas.envelope());
        assertParsesBack(schemas.key());
        assertThat(schemas.envelope().getProp(RowSchemas.SCHEMA_PROPERTY)).isEqualTo(name);
        assertThat(schemas.envelope().getProp(RowSchemas.TABLE_PROPERTY)).isEqualTo(name);
        assertThat(schemas.row().getFields().get(0).getProp(RowSchemas.COLUMN_PROPERTY))
                .isEqualTo(name);
        assertThat(schemas.key().getFields().get(0).getProp(RowSchemas.COLUMN_PROPERTY))
                .isEqualTo(name);
    }

    private static void assertParsesBack(Schema schema) {
        assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(schema);
    }

    /** F49: {@code XXX$1} and {@code XXX#1}, and names that look like what another one was made into. */
    @Test
    void columnsNeverShareAFieldName() {
        RowSchemas schemas = RowSchemas.of(
                "t", table(new TableId("s", "t"), "XXX$1", "XXX#1", "XXX_u00241", "a", "A", "日", "_u65e5", "_u65e5_2"));
        List<String> names =
                schemas.row().getFields().stream().map(Schema.Field::name).toList();
        assertThat(names).doesNotHaveDuplicates().hasSize(8);
        assertParsesBack(schemas.envelope());
    }

    @Test
    void tablesNeverShareARecordName() {
        List<TableId> ids = List.of(
                new TableId("a.b", "c"),
                new TableId("a", "b.c"),
                new TableId("a", "b_c"),
                new TableId("a_b", "c"),
                new TableId("a", "b-c"),
                new TableId("a", "B_C"));
        assertThat(ids.stream()
                        .map(id -> RowSchemas.of("t", table(id, "x")).envelope().getFullName()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameColumnsGiveTheSameSchema() {
        RowSchemas one = RowSchemas.of("t", everyType());
        RowSchemas two = RowSchemas.of("t", everyType());
        assertThat(two.envelope()).isEqualTo(one.envelope()).hasSameHashCodeAs(one.envelope());
        assertThat(two.envelope().toString()).isEqualTo(one.envelope().toString());
        assertThat(two.key().toString()).isEqualTo(one.key().toString());
    }

    @Test
    void everyTypeWithAShapeHasASchema() {
        RowSchemas schemas = RowSchemas.of("t", everyType());
        assertParsesBack(schemas.envelope());
        assertThat(schemas.row().getFields()).hasSize(TypeKind.values().length);
    }

    /** F62: one record, named again by the second column. */
    @Test
    void twoGeometriesShareTheirRecord() {
        var columns = List.of(
                ColumnDefinition.of("one", type(TypeKind.GEOMETRY), true),
                ColumnDefinition.of("two", type(TypeKind.GEOMETRY), false));
        var places = new TableDefinition(
                new TableId("shop", "places"), columns, List.of(), List.of(), List.of(), "utf8mb4", "", "");
        RowSchemas schemas = RowSchemas.of("t", places);
        assertParsesBack(schemas.envelope());
        assertThat(schemas.row().getField("two").schema()).isEqualTo(RowSchemas.GEOMETRY);
    }

    @Test
    void theEnvelopeIsDebeziums() {
        Schema envelope = RowSchemas.of("kameleon.shop", table(new TableId("shop", "orders"), "id"))
                .envelope();
        assertThat(envelope.getFullName()).isEqualTo("kameleon.shop.shop.orders.Envelope");
        assertThat(envelope.getFields())
                .extracting(Schema.Field::name)
                .containsExactly("before", "after", "source", "transaction", "op", "ts_ms");
        assertThat(envelope.getField("before").schema().getTypes().get(0).getType())
                .isEqualTo(Schema.Type.NULL);
    }

    /** F53: a zero date has no value of its own, so null stands for it. */
    @Test
    void datesAreNullableEvenInNotNullColumns() {
        var column = ColumnDefinition.of("d", type(TypeKind.DATE), false);
        var table = new TableDefinition(
                new TableId("s", "t"), List.of(column), List.of(), List.of(), List.of(), "utf8mb4", "", "");
        Schema.Field field = RowSchemas.of("t", table).row().getField("d");
        assertThat(field.schema().isNullable()).isTrue();
        assertThat(field.getObjectProp(RowSchemas.NOT_NULL_PROPERTY)).isEqualTo(true);
    }

    @Test
    void aTableWithoutIdentityHasNoKeySchema() {
        var table = new TableDefinition(
                new TableId("s", "t"),
                List.of(ColumnDefinition.of("a", type(TypeKind.INT), true)),
                List.of(),
                List.of(),
                List.of(),
                "utf8mb4",
                "",
                "");
        assertThat(RowSchemas.of("t", table).key()).isNull();
    }

    private static TableDefinition everyType() {
        var columns = Arrays.stream(TypeKind.values())
                .map(k -> ColumnDefinition.of("c_" + k, type(k), k.ordinal() % 2 == 0))
                .toList();
        return new TableDefinition(
                new TableId("s", "t"), columns, List.of("c_TINYINT"), List.of(), List.of(), "utf8mb4", "", "");
    }

    private static ColumnType type(TypeKind kind) {
        return ColumnType.of(kind, 6, 2, false, kind.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static TableDefinition table(TableId id, String... columnNames) {
        var columns = Arrays.stream(columnNames)
                .map(n -> ColumnDefinition.of(n, type(TypeKind.INT), false))
                .toList();
        return new TableDefinition(
                id, columns, List.of(columnNames[0]), List.of(), List.of(), "utf8mb4", "utf8mb4_bin", "");
    }
}
