package io.kameleon.schemas.change;

import io.kameleon.schemas.table.Partitioning.Value;
import java.util.List;

/** Rows of a table, told by the values of some of its columns. */
public sealed interface RowSet {
    /** All rows. */
    record Everything() implements RowSet {}

    /**
     * Rows from one bound up to, not including, another, compared column by column. A null is below every value.
     *
     * @param from one value per column; empty when there is no lower bound: then nulls are in
     * @param to   one value per column; empty when there is no upper bound
     */
    record Between(List<String> columns, List<Value> from, List<Value> to) implements RowSet {
        public Between {
            columns = List.copyOf(columns);
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** Rows whose columns have one of these tuples of values. */
    record OneOf(List<String> columns, List<List<Value>> tuples) implements RowSet {
        public OneOf {
            columns = List.copyOf(columns);
            tuples = tuples.stream().map(List::copyOf).toList();
        }
    }
}
