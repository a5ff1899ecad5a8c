package io.kameleon.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.InMemorySchemaIds;
import io.kameleon.schemas.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaChangesTest {
    private static final int DEFINITIONS = 500;

    private final InMemorySchemaIds schemaIds = new InMemorySchemaIds();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTableDefinitionSurvivesTheTopic(long seed) {
        var definitions = new RichDefinitions(seed);
        var codec = new RecordCodec<>(schemaIds, "state", TableRecord.class);
        for (int i = 0; i < DEFINITIONS; i++) {
            TableDefinition table = definitions.table();
            byte[] bytes = codec.encode(TableRecords.toRecord(table));
            assertThat(TableRecords.fromRecord(codec.decode(bytes))).isEqualTo(table);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void anySchemaChangeSurvivesTheTopic(long seed) {
        var definitions = new RichDefinitions(seed);
        var codec = new RecordCodec<>(schemaIds, "rows", SchemaChangeRecord.class);
        for (int i = 0; i < DEFINITIONS; i++) {
            SchemaChange change = new SchemaChange(definitions.name(), definitions.name(), i, changes(definitions));
            byte[] bytes = codec.encode(SchemaChanges.toRecord(change, source(), 5));
            assertThat(SchemaChanges.fromRecord(codec.decode(bytes))).isEqualTo(change);
        }
    }

    private static List<TableChange> changes(RichDefinitions definitions) {
        var changes = new ArrayList<TableChange>();
        changes.add(new TableChange.Created(definitions.table(), definitions.either()));
        changes.add(altered(definitions));
        changes.add(new TableChange.Dropped(definitions.id()));
        changes.add(new TableChange.Truncated(definitions.id()));
        changes.add(new TableChange.Unsupported(definitions.id(), definitions.name()));
        changes.add(new TableChange.Stated(definitions.table(), definitions.name()));
        return changes;
    }

    private static TableChange altered(RichDefinitions definitions) {
        TableDefinition after = definitions.table();
        List<String> previous =
                after.columns().stream().map(c -> definitions.name()).toList();
        return new TableChange.Altered(definitions.table(), after, previous, definitions.name());
    }

    /** Debezium's JDBC sink passes over a record whose Connect schema name contains SchemaChangeValue (3.x, debezium-sink). */
    @Test
    void theRecordIsNamedLikeDebeziumsSchemaChange() {
        assertThat(SchemaChangeRecord.getClassSchema().getProp("connect.name"))
                .isEqualTo("io.debezium.connector.mysql.SchemaChangeValue");
    }

    @Test
    void theSourceBlockHasTheFieldsOfARowImages() {
        assertThat(SourceRecord.getClassSchema().getFields())
                .extracting(Schema.Field::name)
                .containsExactlyElementsOf(RowSchemas.SOURCE.getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(SourceRecord.getClassSchema().getProp("connect.name"))
                .isEqualTo(RowSchemas.SOURCE.getProp("connect.name"));
    }

    @Test
    void aTypeOfANewerVersionIsATypedError() {
        var dropped = new SchemaChange("", "", 0, List.of(new TableChange.Dropped(new TableId("shop", "orders"))));
        SchemaChangeRecord record = SchemaChanges.toRecord(dropped, source(), 0);
        record.getTableChanges().get(0).setType("ARCHIVE");
        assertThatThrownBy(() -> SchemaChanges.fromRecord(record))
                .hasMessage("RECORD_MALFORMED: A schema change has the unknown type 'ARCHIVE'."
                        + " It was written by another version: update this process.");
    }

    @Test
    void aKindOfANewerVersionIsATypedError() {
        assertThatThrownBy(() -> TableRecords.constant(io.kameleon.schemas.table.TypeKind.class, "QUBIT"))
                .hasMessage("RECORD_MALFORMED: A record holds the unknown TypeKind 'QUBIT'."
                        + " It was written by a newer version: update this process.");
    }

    private static SourceRecord source() {
        return new SourceRecord("0.1", "mysql", "shop", 1L, 2L, null, "binlog.000001", null, "shop", null, 4L, 0);
    }
}
