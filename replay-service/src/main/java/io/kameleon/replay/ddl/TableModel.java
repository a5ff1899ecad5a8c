package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table of the source seen from the destination: its place, its names, and the type of each column. */
final class TableModel {
    private final TableDefinition definition;
    private final String schema;
    /** By the source's column name in lower case: column names of the source are case-insensitive. */
    private final Map<String, ColumnDefinition> columns = new LinkedHashMap<>();

    private final Map<String, PostgresType> types = new LinkedHashMap<>();

    /** @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED, NAME_CONFLICT, TABLE_TOO_WIDE */
    TableModel(TableDefinition definition, String destinationSchema, TypeMapping mapping) {
        this.definition = withNotNullKey(definition);
        this.schema = requireNonNull(destinationSchema, "destinationSchema");
        DestinationNames.check(definition);
        for (ColumnDefinition column : this.definition.columns()) {
            columns.put(key(column.name()), column);
            types.put(key(column.name()), mapping.map(definition.id(), column));
        }
    }

    /** Columns of the primary key are never null, whatever else is said of them. */
    private static TableDefinition withNotNullKey(TableDefinition table) {
        List<ColumnDefinition> columns = table.columns().stream()
                .map(c -> isKey(table, c) ? notNullColumn(c) : c)
                .toList();
        return new TableDefinition(
                table.id(),
                columns,
                table.primaryKey(),
                table.indexes(),
                table.foreignKeys(),
                table.charset(),
                table.collation(),
                table.comment(),
                table.partitioning());
    }

    private static boolean isKey(TableDefinition table, ColumnDefinition column) {
        return table.primaryKey().stream().anyMatch(k -> k.equalsIgnoreCase(column.name()));
    }

    private static ColumnDefinition notNullColumn(ColumnDefinition c) {
        return new ColumnDefinition(
                c.name(),
                c.type(),
                false,
                c.defaultValue(),
                c.autoIncrement(),
                c.onUpdateNow(),
                c.generated(),
                c.virtual(),
                c.invisible(),
                c.comment());
    }

    TableDefinition definition() {
        return definition;
    }

    String schema() {
        return schema;
    }

    String name() {
        return DestinationNames.table(definition.id().name());
    }

    String qualifiedName() {
        return SqlText.qualified(schema, name());
    }

    Optional<ColumnDefinition> find(String sourceName) {
        return Optional.ofNullable(columns.get(key(sourceName)));
    }

    ColumnDefinition column(String sourceName) {
        return find(sourceName)
                .orElseThrow(() -> new IllegalArgumentException("no column " + sourceName + " in " + definition.id()));
    }

    PostgresType type(ColumnDefinition column) {
        return types.get(key(column.name()));
    }

    /** The type as a statement on this table writes it. */
    String typeText(ColumnDefinition column) {
        PostgresType type = type(column);
        return type.family() == Family.ENUM ? SqlText.qualified(schema, enumType(column)) : type.text();
    }

    String enumType(ColumnDefinition column) {
        return DestinationNames.enumType(definition.id().name(), column.name());
    }

    List<ColumnDefinition> enumColumns() {
        return definition.columns().stream()
                .filter(c -> type(c).family() == Family.ENUM)
                .toList();
    }

    boolean notNull(ColumnDefinition column) {
        return !column.nullable();
    }

    Optional<String> defaultExpression(ColumnDefinition column) {
        return DefaultWriter.expression(column, type(column));
    }

    String primaryKeyName() {
        return DestinationNames.primaryKey(definition.id().name());
    }

    List<String> primaryKeyColumns() {
        return definition.primaryKey().stream()
                .map(k -> DestinationNames.column(column(k).name()))
                .toList();
    }

    /** The indexes that are made; {@link IndexWriter#notes} tells of the others. */
    List<IndexDefinition> indexes() {
        return definition.indexes().stream()
                .filter(i -> IndexWriter.skipReason(this, i).isEmpty())
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
