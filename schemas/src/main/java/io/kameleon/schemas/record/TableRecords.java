package io.kameleon.schemas.record;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Table definitions as Avro records and back, without loss. Thread-safe. */
public final class TableRecords {
    private TableRecords() {}

    public static TableRecord toRecord(TableDefinition table) {
        return new TableRecord(
                table.id().schema(),
                table.id().name(),
                each(table.columns(), TableRecords::column),
                table.primaryKey(),
                each(table.indexes(), TableRecords::index),
                each(table.foreignKeys(), TableRecords::foreignKey),
                table.charset(),
                table.collation(),
                table.comment(),
                Partitionings.toRecord(table.partitioning()));
    }

    /** @throws ReplicationException RECORD_MALFORMED when a kind is not one that this version knows */
    public static TableDefinition fromRecord(TableRecord table) {
        return new TableDefinition(
                new TableId(table.getDb(), table.getTable()),
                each(table.getColumns(), TableRecords::column),
                table.getPrimaryKey(),
                each(table.getIndexes(), TableRecords::index),
                each(table.getForeignKeys(), TableRecords::foreignKey),
                table.getCharset(),
                table.getCollation(),
                table.getComment(),
                Partitionings.fromRecord(table.getPartitioning()));
    }

    private static ColumnRecord column(ColumnDefinition column) {
        return new ColumnRecord(
                column.name(),
                type(column.type()),
                column.nullable(),
                defaultValue(column.defaultValue()),
                column.autoIncrement(),
                column.onUpdateNow(),
                column.generated(),
                column.virtual(),
                column.invisible(),
                column.comment());
    }

    private static ColumnDefinition column(ColumnRecord column) {
        return new ColumnDefinition(
                column.getName(),
                type(column.getType()),
                column.getNullable(),
                defaultValue(column.getDefaultValue()),
                column.getAutoIncrement(),
                column.getOnUpdateNow(),
                column.getGenerated(),
                column.getVirtual(),
                column.getInvisible(),
                column.getComment());
    }

    private static ColumnTypeRecord type(ColumnType type) {
        return new ColumnTypeRecord(
                type.kind().name(),
                type.length(),
                type.scale(),
                type.unsigned(),
                type.charset(),
                type.collation(),
                type.labels(),
                type.declared());
    }

    private static ColumnType type(ColumnTypeRecord type) {
        return new ColumnType(
                constant(TypeKind.class, type.getKind()),
                type.getLength(),
                type.getScale(),
                type.getUnsigned(),
                type.getCharset(),
                type.getCollation(),
                type.getLabels(),
                type.getDeclared());
    }

    private static ColumnDefaultRecord defaultValue(ColumnDefault value) {
        return value == null ? null : new ColumnDefaultRecord(value.kind().name(), value.text());
    }

    private static ColumnDefault defaultValue(ColumnDefaultRecord value) {
        return value == null
                ? null
                : new ColumnDefault(constant(ColumnDefault.Kind.class, value.getKind()), value.getText());
    }

    private static IndexRecord index(IndexDefinition index) {
        return new IndexRecord(
                index.name(),
                index.kind().name(),
                each(
                        index.parts(),
                        p -> new IndexPartRecord(p.column(), p.prefixLength(), p.descending(), p.expression())));
    }

    private static IndexDefinition index(IndexRecord index) {
        return new IndexDefinition(
                index.getName(),
                constant(IndexDefinition.Kind.class, index.getKind()),
                each(
                        index.getParts(),
                        p -> new IndexDefinition.Part(
                                p.getColumn(), p.getPrefixLength(), p.getDescending(), p.getExpression())));
    }

    private static ForeignKeyRecord foreignKey(ForeignKeyDefinition key) {
        return new ForeignKeyRecord(
                key.name(),
                key.columns(),
                key.referenced().schema(),
                key.referenced().name(),
                key.referencedColumns(),
                key.onDelete().name(),
                key.onUpdate().name());
    }

    private static ForeignKeyDefinition foreignKey(ForeignKeyRecord key) {
        return new ForeignKeyDefinition(
                key.getName(),
                key.getColumns(),
                new TableId(key.getReferencedDb(), key.getReferencedTable()),
                key.getReferencedColumns(),
                constant(ForeignKeyDefinition.Action.class, key.getOnDelete()),
                constant(ForeignKeyDefinition.Action.class, key.getOnUpdate()));
    }

    private static <A, B> List<B> each(List<A> from, Function<A, B> conversion) {
        return from.stream().map(conversion).toList();
    }

    /** The constant of that name: a newer writer may know kinds that this version does not. */
    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.RECORD_MALFORMED,
                        "A record holds the unknown " + type.getSimpleName() + " '" + name + "'",
                        Map.of(),
                        "It was written by a newer version: update this process."));
    }
}
