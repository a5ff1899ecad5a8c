package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * How a table's values and names become PostgreSQL's where there is a choice.
 *
 * @param values      what becomes of values that PostgreSQL cannot hold
 * @param columnNames from a column's name on the source to its name in the destination, which differs when the first is too
 *                    long for PostgreSQL (F64)
 * @param counts      where conversions are counted
 */
public record ConversionPolicy(ValuePolicy values, UnaryOperator<String> columnNames, ConversionCounts counts) {
    public ConversionPolicy {
        requireNonNull(values, "values");
        requireNonNull(columnNames, "columnNames");
        requireNonNull(counts, "counts");
    }

    /** The standard for values; names are kept. */
    public static ConversionPolicy standard(ConversionCounts counts) {
        return new ConversionPolicy(ValuePolicy.STANDARD, UnaryOperator.identity(), counts);
    }
}
