package io.kameleon.schemas.change;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One statement of the source that changed replicated tables.
 *
 * @param database  the session's default database, empty when there was none
 * @param statement as written in the binlog
 * @param timestamp seconds since the epoch, from the event's header: what NOW() was for the statement
 * @param changes   in the order in which the statement makes them; never empty
 */
public record SchemaChange(String database, String statement, long timestamp, List<TableChange> changes) {
    public SchemaChange {
        requireNonNull(database, "database");
        requireNonNull(statement, "statement");
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a schema change without a changed table");
        }
    }
}
