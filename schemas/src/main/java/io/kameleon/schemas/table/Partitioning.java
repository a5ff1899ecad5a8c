package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How the source spreads a table's rows over partitions: what rows go away when a partition does. PostgreSQL holds the table whole.
 *
 * @param columns    of the partitioning key
 * @param function   of the single column, in lower case ({@code year}, {@code to_days}, {@code unix_timestamp}); empty when the
 *                   columns' own values decide
 * @param partitions in the source's order; empty for {@link Method#NONE} and {@link Method#OPAQUE}
 */
public record Partitioning(Method method, List<String> columns, String function, List<Partition> partitions) {
    public static final Partitioning NONE = new Partitioning(Method.NONE, List.of(), "", List.of());
    public static final Partitioning OPAQUE = new Partitioning(Method.OPAQUE, List.of(), "", List.of());

    public Partitioning {
        requireNonNull(method, "method");
        requireNonNull(function, "function");
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
    }

    public enum Method {
        NONE,
        RANGE,
        LIST,
        /** By hash, or by an expression whose partitions cannot be told from a row. */
        OPAQUE
    }

    /**
     * One partition.
     *
     * @param values RANGE: one tuple, the bound that the rows lie below; LIST: the tuples that it holds
     */
    public record Partition(String name, List<List<Value>> values) {
        public Partition {
            requireNonNull(name, "name");
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A value of one column of the key, or of the function.
     *
     * @param text NUMBER: as in SQL; TEXT: unquoted; otherwise empty
     */
    public record Value(Kind kind, String text) {
        public static final Value NULL = new Value(Kind.NULL, "");
        public static final Value MAXVALUE = new Value(Kind.MAXVALUE, "");
        public static final Value UNKNOWN = new Value(Kind.UNKNOWN, "");

        public Value {
            requireNonNull(kind, "kind");
            requireNonNull(text, "text");
        }

        public enum Kind {
            NUMBER,
            TEXT,
            NULL,
            MAXVALUE,
            /** An expression that only the source computes. */
            UNKNOWN
        }
    }

    public Partitioning withPartitions(List<Partition> others) {
        return new Partitioning(method, columns, function, others);
    }
}
