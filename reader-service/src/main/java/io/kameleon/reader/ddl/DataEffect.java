package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;

/**
 * Says when a changed table must be copied again, because old rows got values that only the source knows (F30). Each method
 * returns the reason for the operator, empty when PostgreSQL can follow by itself; stateless.
 */
final class DataEffect {
    private DataEffect() {}

    static String ofAdded(ColumnDefinition column) {
        if (column.autoIncrement()) {
            return "old rows got numbers in the new column '" + column.name() + "'";
        }
        if (column.generated()) {
            return "the new column '" + column.name() + "' is computed by an expression of the source";
        }
        ColumnDefault value = column.defaultValue();
        if (value != null && value.kind() == ColumnDefault.Kind.EXPRESSION) {
            return "old rows got the value of an expression in the new column '" + column.name() + "'";
        }
        return "";
    }

    static String ofChanged(ColumnDefinition from, ColumnDefinition to, SqlMode mode) {
        if (to.generated()) {
            return "the expression of the generated column '" + to.name() + "' may have changed";
        }
        if (to.autoIncrement() && !from.autoIncrement() && !mode.noAutoValueOnZero()) {
            return "rows may have got new numbers in column '" + to.name() + "'";
        }
        if (!TypeConversion.keepsValues(from.type(), to.type(), mode)) {
            return "values of column '" + to.name() + "' were converted from "
                    + from.type().declared() + " to " + to.type().declared();
        }
        return "";
    }

    /** @param converted the same column with another character set */
    static String ofConverted(ColumnDefinition from, ColumnDefinition converted, SqlMode mode) {
        if (from.type().equals(converted.type()) || TypeConversion.keepsValues(from.type(), converted.type(), mode)) {
            return "";
        }
        boolean labelsKept = from.type().labels().equals(converted.type().labels())
                && !from.type().labels().isEmpty();
        return labelsKept
                ? ""
                : "values of column '" + from.name() + "' were converted to character set '"
                        + converted.type().charset() + "'";
    }
}
