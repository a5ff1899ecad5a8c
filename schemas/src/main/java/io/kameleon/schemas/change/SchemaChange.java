package io.kameleon.schemas.change;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One statement of the source that changed replicated tables.
 *
 * @param database  the session's default database, empty when there was none
 * @param statement as written in the binlog
 * @param timestamp seconds since the epoch, from the event's header: what NOW() was for the statement
 * @param micros    of that second, 0 to 999,999; {@link #UNKNOWN} when the source did not say
 * @param timeZone  the session's, in which NOW() was made: {@code +02:00} or {@code Europe/Berlin}; empty when unknown
 * @param changes   in the order in which the statement makes them; never empty
 */
public record SchemaChange(
        String database, String statement, long timestamp, int micros, String timeZone, List<TableChange> changes) {
    /** Stands for microseconds that the source did not say. */
    public static final int UNKNOWN = -1;

    public SchemaChange {
        requireNonNull(timeZone, "timeZone");
        requireNonNull(database, "database");
        requireNonNull(statement, "statement");
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a schema change without a changed table");
        }
    }

    /** Of a time that is known to the second only. */
    public SchemaChange(String database, String statement, long timestamp, List<TableChange> changes) {
        this(database, statement, timestamp, UNKNOWN, "", changes);
    }

    public SchemaChange withChanges(List<TableChange> others) {
        return new SchemaChange(database, statement, timestamp, micros, timeZone, others);
    }
}
