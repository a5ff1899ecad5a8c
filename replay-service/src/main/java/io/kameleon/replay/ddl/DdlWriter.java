package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the statements that make a table of the source on the destination: types, columns, NOT NULL, defaults, comments,
 * primary key and indexes. Foreign keys, AUTO_INCREMENT and generated expressions are not made while replicating: the row
 * images carry their effects. Immutable.
 */
public final class DdlWriter {
    private final TypeMapping types;
    private final Function<TableId, OptionalInt> fillfactor;

    /** @param fillfactor percent, 10 to 100; empty for PostgreSQL's default */
    public DdlWriter(TypeMapping types, OptionalInt fillfactor) {
        this(types, table -> fillfactor);
        fillfactor.ifPresent(DdlWriter::checkFillfactor);
    }

    /** @param fillfactor per table of the source, as above */
    public DdlWriter(TypeMapping types, Function<TableId, OptionalInt> fillfactor) {
        this.types = requireNonNull(types, "types");
        this.fillfactor = requireNonNull(fillfactor, "fillfactor");
    }

    private static void checkFillfactor(int percent) {
        if (percent < 10 || percent > 100) {
            throw new IllegalArgumentException("fillfactor " + percent + " is not between 10 and 100");
        }
    }

    /** @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED, NAME_CONFLICT, TABLE_TOO_WIDE */
    public TableStatements create(TableDefinition definition, String destinationSchema) {
        TableModel table = model(definition, destinationSchema);
        var create = new ArrayList<String>();
        for (ColumnDefinition column : table.enumColumns()) {
            create.add(createEnum(table, column));
        }
        create.add(createTable(table));
        create.addAll(comments(table));
        var constraints = new ArrayList<String>();
        if (!definition.primaryKey().isEmpty()) {
            constraints.add("ALTER TABLE " + table.qualifiedName() + " ADD " + primaryKeyUsingIndex(table));
        }
        return new TableStatements(create, indexes(table), constraints, notes(table));
    }

    /**
     * Those that take longest first, so that of several built at a time no long one ends alone: text takes several times as long
     * as numbers, and a copy's rows come in the order of their primary key.
     */
    private static List<String> indexes(TableModel table) {
        var indexes = new ArrayList<String>();
        table.indexes().stream()
                .sorted(Comparator.comparingLong((IndexDefinition index) -> strings(table, index))
                        .reversed())
                .forEach(index -> indexes.add(IndexWriter.create(table, index)));
        if (!table.definition().primaryKey().isEmpty()) {
            indexes.add(primaryKeyIndex(table));
        }
        return indexes;
    }

    private static long strings(TableModel table, IndexDefinition index) {
        return index.parts().stream()
                .flatMap(part -> table.find(part.column()).stream())
                .filter(column ->
                        column.type().kind().isText() || column.type().kind().isBytes())
                .count();
    }

    /** Where the table is on the destination: {@code "schema"."name"}. */
    public static String qualifiedName(TableDefinition definition, String destinationSchema) {
        return SqlText.qualified(
                destinationSchema, DestinationNames.table(definition.id().name()));
    }

    TableModel model(TableDefinition definition, String destinationSchema) {
        return new TableModel(definition, destinationSchema, types);
    }

    static String createEnum(TableModel table, ColumnDefinition column) {
        return "CREATE TYPE " + table.typeText(column) + " AS ENUM ("
                + SqlText.literals(table.type(column).labels()) + ")";
    }

    private String createTable(TableModel table) {
        String columns = table.definition().columns().stream()
                .map(c -> columnClause(table, c))
                .collect(Collectors.joining(", "));
        OptionalInt percent = fillfactor.apply(table.definition().id());
        percent.ifPresent(DdlWriter::checkFillfactor);
        String options = percent.isPresent() ? " WITH (fillfactor = " + percent.getAsInt() + ")" : "";
        return "CREATE TABLE " + table.qualifiedName() + " (" + columns + ")" + options;
    }

    private static String columnClause(TableModel table, ColumnDefinition column) {
        var clause = new StringBuilder(SqlText.identifier(DestinationNames.column(column.name())))
                .append(' ')
                .append(table.typeText(column));
        if (table.notNull(column)) {
            clause.append(" NOT NULL");
        }
        table.defaultExpression(column)
                .ifPresent(d -> clause.append(" DEFAULT ").append(d));
        if (table.type(column).family() == Family.CHECKED_TEXT) {
            clause.append(' ').append(checkClause(table, column));
        }
        return clause.toString();
    }

    static String checkClause(TableModel table, ColumnDefinition column) {
        PostgresType type = table.type(column);
        String name = DestinationNames.column(column.name());
        return "CONSTRAINT " + SqlText.identifier(DestinationNames.check(name)) + " CHECK (" + SqlText.identifier(name)
                + " IN (" + SqlText.literals(type.labels()) + "))";
    }

    private static List<String> comments(TableModel table) {
        var statements = new ArrayList<String>();
        if (!table.definition().comment().isEmpty()) {
            statements.add(commentOnTable(table));
        }
        for (ColumnDefinition column : table.definition().columns()) {
            if (!column.comment().isEmpty()) {
                statements.add(commentOnColumn(table, column));
            }
        }
        return statements;
    }

    static String commentOnTable(TableModel table) {
        return "COMMENT ON TABLE " + table.qualifiedName() + " IS "
                + SqlText.literal(table.definition().comment());
    }

    static String commentOnColumn(TableModel table, ColumnDefinition column) {
        return "COMMENT ON COLUMN " + table.qualifiedName() + "."
                + SqlText.identifier(DestinationNames.column(column.name())) + " IS "
                + SqlText.literal(column.comment());
    }

    /** A unique index first: unlike ADD PRIMARY KEY it lets the table's other indexes be built at the same time. */
    private static String primaryKeyIndex(TableModel table) {
        return "CREATE UNIQUE INDEX " + SqlText.identifier(table.primaryKeyName()) + " ON " + table.qualifiedName()
                + " (" + SqlText.identifiers(table.primaryKeyColumns()) + ")";
    }

    private static String primaryKeyUsingIndex(TableModel table) {
        String name = SqlText.identifier(table.primaryKeyName());
        return "CONSTRAINT " + name + " PRIMARY KEY USING INDEX " + name;
    }

    static List<String> notes(TableModel table) {
        var notes = new ArrayList<>(IndexWriter.notes(table));
        for (ColumnDefinition column : table.definition().columns()) {
            if (DefaultWriter.isLost(column, table.type(column))) {
                notes.add("Column '" + column.name() + "' of "
                        + table.definition().id() + " gets no default: PostgreSQL has no equal for it");
            }
        }
        return notes;
    }
}
