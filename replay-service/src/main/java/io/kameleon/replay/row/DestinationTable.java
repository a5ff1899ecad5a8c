package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A table as PostgreSQL has it at one moment. Out of date after any DDL on the table: whoever keeps it looks it up again.
 *
 * @param schema        as in {@code pg_namespace}, unquoted
 * @param name          as in {@code pg_class}, unquoted
 * @param partitioned   rows live in several relations, so {@code ctid} alone does not name one
 * @param rowType       oid of the table's own composite type
 * @param rowArrayType  oid of the array of {@code rowType}
 * @param columns       without dropped ones, in the order of {@code attnum}: the order of the composite type
 * @param primaryKey    column names in key order; empty without one
 * @param uniqueIndexes all of them, the primary key's included
 */
public record DestinationTable(
        String schema,
        String name,
        boolean partitioned,
        int rowType,
        int rowArrayType,
        List<Column> columns,
        List<String> primaryKey,
        List<UniqueIndex> uniqueIndexes) {
    public DestinationTable {
        requireNonNull(schema, "schema");
        requireNonNull(name, "name");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueIndexes = List.copyOf(uniqueIndexes);
    }

    /** Case matters: PostgreSQL's catalogue has the name as it was quoted. */
    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** {@code "schema"."table"}, for SQL text. */
    public String quotedName() {
        return quote(schema) + "." + quote(name);
    }

    /** {@code schema.table}, for people. */
    @Override
    public String toString() {
        return schema + "." + name;
    }

    /** An identifier for SQL text. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * One column.
     *
     * @param type      oid of the declared type: what stands in a composite's binary form
     * @param valueType the type whose binary form a value has: the base type of a domain, otherwise the same
     * @param typmod    of the value type, as {@code atttypmod}; -1 for none
     * @param notNull   {@code NOT NULL} or part of the primary key
     * @param generated {@code GENERATED ALWAYS AS (...)}: cannot be written
     * @param comparison how two values are compared for the same text
     */
    public record Column(
            String name,
            int type,
            ValueType valueType,
            int typmod,
            boolean notNull,
            boolean generated,
            Comparison comparison) {
        public Column {
            requireNonNull(name, "name");
            requireNonNull(valueType, "valueType");
            requireNonNull(comparison, "comparison");
        }
    }

    /** Whether {@code =} tells all different values apart. */
    public enum Comparison {
        /** The type's own equality does. */
        EQUALITY,
        /** No equality (json, xml), or one that folds (citext, floating point, ...): the text form is compared. */
        TEXT
    }

    /**
     * A type, as far as encoding into it needs it.
     *
     * @param oid         in {@code pg_type}
     * @param name        {@code typname}: {@code int4}, {@code citext}
     * @param kind        {@code typtype}: b(ase), e(num), c(omposite), r(ange), d(omain over a domain)
     * @param category    {@code typcategory}: S for text-like types, A for arrays
     * @param elementType of an array: its element's oid; otherwise 0
     */
    public record ValueType(int oid, String name, char kind, char category, int elementType) {
        public ValueType {
            requireNonNull(name, "name");
        }
    }

    /**
     * A unique index.
     *
     * @param columns     plain columns among its key parts
     * @param expressions every key part as SQL over the table's own, unqualified columns
     * @param plain       all parts are whole columns
     * @param predicate   of a partial index, as SQL over unqualified columns; empty otherwise
     */
    public record UniqueIndex(
            String name, List<String> columns, List<String> expressions, boolean plain, String predicate) {
        public UniqueIndex {
            requireNonNull(name, "name");
            requireNonNull(predicate, "predicate");
            columns = List.copyOf(columns);
            expressions = List.copyOf(expressions);
        }
    }
}
