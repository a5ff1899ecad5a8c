package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * How a source's values and names become PostgreSQL's where there is a choice.
 *
 * @param nul         what becomes of NUL characters in text
 * @param columnNames from a column's name on the source to its name in the destination, which differs when the first is too
 *                    long for PostgreSQL (F64)
 * @param counts      where conversions are counted
 */
public record ConversionPolicy(NulPolicy nul, UnaryOperator<String> columnNames, ConversionCounts counts) {
    public ConversionPolicy {
        requireNonNull(nul, "nul");
        requireNonNull(columnNames, "columnNames");
        requireNonNull(counts, "counts");
    }

    /** NUL is stripped, names are kept. */
    public static ConversionPolicy standard(ConversionCounts counts) {
        return new ConversionPolicy(NulPolicy.STRIP, UnaryOperator.identity(), counts);
    }
}
