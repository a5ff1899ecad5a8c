package io.kameleon.reader.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.change.SchemaChange;

/**
 * What a statement's meaning depends on besides its text: from the query event's header and status variables (F26).
 *
 * @param database          the session's default database; empty when there was none
 * @param serverCollation   {@code collation_server} of the session: what CREATE DATABASE takes without a clause; empty when
 *                          the event does not carry it
 * @param timestampDefaults {@code explicit_defaults_for_timestamp}
 * @param timestampSeconds  seconds since the epoch, from the event's header
 * @param micros            of that second; {@link SchemaChange#UNKNOWN} when the event does not carry them
 * @param timeZone          the session's; empty when the event does not carry it
 */
public record SessionContext(
        String database,
        SqlMode sqlMode,
        String serverCollation,
        TimestampDefaults timestampDefaults,
        long timestampSeconds,
        int micros,
        String timeZone) {
    public SessionContext {
        requireNonNull(timeZone, "timeZone");
        requireNonNull(database, "database");
        requireNonNull(sqlMode, "sqlMode");
        requireNonNull(serverCollation, "serverCollation");
        requireNonNull(timestampDefaults, "timestampDefaults");
    }

    /** A session with a strict {@code sql_mode} and explicit TIMESTAMP defaults, as today's servers have by default. */
    public static SessionContext of(String database, long timestampSeconds) {
        return new SessionContext(
                database, SqlMode.STRICT, "", TimestampDefaults.EXPLICIT, timestampSeconds, SchemaChange.UNKNOWN, "");
    }

    public SessionContext withDatabase(String name) {
        return new SessionContext(
                name, sqlMode, serverCollation, timestampDefaults, timestampSeconds, micros, timeZone);
    }

    public SessionContext withSqlMode(SqlMode mode) {
        return new SessionContext(
                database, mode, serverCollation, timestampDefaults, timestampSeconds, micros, timeZone);
    }

    public SessionContext withTimestampDefaults(TimestampDefaults defaults) {
        return new SessionContext(database, sqlMode, serverCollation, defaults, timestampSeconds, micros, timeZone);
    }

    public SessionContext withTime(int microsOfSecond, String zone) {
        return new SessionContext(
                database, sqlMode, serverCollation, timestampDefaults, timestampSeconds, microsOfSecond, zone);
    }

    /** What a bare {@code TIMESTAMP} column means. */
    public enum TimestampDefaults {
        /** Nullable without a default, like any other type. */
        EXPLICIT,
        /** NOT NULL; the table's first one fills and updates itself, the others default to the zero date. */
        IMPLICIT
    }
}
