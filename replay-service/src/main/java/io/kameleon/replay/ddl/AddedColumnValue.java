package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What the old rows have in a column that was added, without row events (F30).
 *
 * @param constant     empty for null
 * @param resyncReason not empty when the source put something else there that cannot be known here
 */
record AddedColumnValue(Optional<String> constant, String resyncReason) {
    static AddedColumnValue of(ColumnDefinition column, PostgresType type, StatementTime time) {
        if (column.autoIncrement() || column.generated() || isOpaque(column, type)) {
            return new AddedColumnValue(
                    implicit(column, type),
                    "the values of new column '" + column.name() + "' are " + "made by the source");
        }
        if (isNow(column)) {
            return now(column, type, time);
        }
        Optional<String> constant = DefaultWriter.expression(column, type);
        return new AddedColumnValue(constant.isPresent() ? constant : implicit(column, type), "");
    }

    /** What NOW() was. The reason is empty when the statement's time is as exact as the column and its zone is known. */
    static AddedColumnValue now(ColumnDefinition column, PostgresType type, StatementTime time) {
        boolean zoned = type.family() == PostgresType.Family.TIMESTAMPTZ;
        // A TIMESTAMP is UTC in either of PostgreSQL's types.
        boolean utc = column.type().kind() == TypeKind.TIMESTAMP;
        ZoneId zone = utc ? ZoneOffset.UTC : time.zone().orElse(ZoneOffset.UTC);
        boolean exact = column.type().fractionDigits() <= time.fractionDigits()
                && (utc || time.zone().isPresent());
        String reason = exact ? "" : "the time that column '" + column.name() + "' got is not in the statement's event";
        return switch (type.family()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                new AddedColumnValue(Optional.of(moment(column, time, zone) + (zoned ? "+00'" : "'")), reason);
            default -> new AddedColumnValue(implicit(column, type), reason);
        };
    }

    private static String moment(ColumnDefinition column, StatementTime time, ZoneId zone) {
        int digits = column.type().fractionDigits();
        String pattern = "yyyy-MM-dd HH:mm:ss" + (digits == 0 ? "" : "." + "S".repeat(digits));
        var moment = LocalDateTime.ofInstant(time.at(), zone);
        return "'" + DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(moment);
    }

    private static boolean isNow(ColumnDefinition column) {
        return column.defaultValue() != null && column.defaultValue().kind() == ColumnDefault.Kind.CURRENT_TIMESTAMP;
    }

    /** A default that the source computes, or that PostgreSQL cannot express; but not a zero date. */
    private static boolean isOpaque(ColumnDefinition column, PostgresType type) {
        return !isNow(column) && DefaultWriter.isLost(column, type);
    }

    private static Optional<String> implicit(ColumnDefinition column, PostgresType type) {
        boolean zeroDate = type.family().isCalendar() && column.defaultValue() != null;
        if (column.nullable()) {
            return Optional.empty();
        }
        return zeroDate ? ImplicitValue.ofNull(column, type) : ImplicitValue.ofNewColumn(column, type);
    }
}
