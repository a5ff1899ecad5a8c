package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The error log, in the caller's transaction. Thread-safe; a connection is used by one thread at a time. */
public final class ErrorStore {
    private static final String TABLE = SCHEMA + ".error_log";
    private static final String ROWS = SCHEMA + ".discarded_row";
    private static final String SELECT =
            "SELECT e.*, (SELECT count(*) FROM " + ROWS + " d WHERE d.logid = e.logid) AS rows FROM " + TABLE + " e";

    /** @return the logid */
    public long add(Connection connection, LoggedError.Entry entry) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "INSERT INTO " + TABLE + " (source_name, origin_schema, table_name, code, sqlstate, message,"
                                + " statement, file, position, topic, topic_offset)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING logid",
                        entry.source(),
                        entry.table().map(TableId::schema).orElse(null),
                        entry.table().map(TableId::name).orElse(null),
                        entry.code(),
                        entry.sqlState().orElse(null),
                        PgText.clean(entry.message()),
                        entry.statement().map(PgText::clean).orElse(null),
                        Sql.file(entry.coordinates()),
                        Sql.position(entry.coordinates()),
                        entry.topic().orElse(null),
                        entry.topicOffset().isPresent() ? entry.topicOffset().getAsLong() : null)
                .orElseThrow();
    }

    /** The latest first. */
    public List<LoggedError> list(Connection connection, String source, int limit) throws SQLException {
        return Sql.list(
                connection,
                ErrorStore::read,
                SELECT + " WHERE source_name = ? ORDER BY logid DESC LIMIT ?",
                source,
                limit);
    }

    public Optional<LoggedError> get(Connection connection, long logid) throws SQLException {
        return Sql.first(connection, ErrorStore::read, SELECT + " WHERE logid = ?", logid);
    }

    public long count(Connection connection, String source) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT count(*) FROM " + TABLE + " WHERE source_name = ?",
                        source)
                .orElseThrow();
    }

    /**
     * The tables of errors that are not resolved, by name.
     *
     * @param logids only of these; empty for all
     */
    public List<TableId> openTables(Connection connection, String source, Collection<Long> logids) throws SQLException {
        return Sql.list(
                connection,
                row -> new TableId(row.getString(1), row.getString(2)),
                "SELECT DISTINCT origin_schema, table_name FROM " + TABLE + " WHERE source_name = ?"
                        + " AND resolved_at IS NULL AND origin_schema IS NOT NULL AND (logid = ANY (?) OR ?)"
                        + " ORDER BY 1, 2",
                source,
                logids.toArray(Long[]::new),
                logids.isEmpty());
    }

    /** The last logid that is given out; 0 before the first. */
    public long last(Connection connection, String source) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT coalesce(max(logid), 0) FROM " + TABLE + " WHERE source_name = ?",
                        source)
                .orElseThrow();
    }

    /** The table was copied again: what errors up to {@code last} left out is there. */
    public void resolve(Connection connection, String source, TableId table, long last) throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET resolved_at = clock_timestamp() WHERE source_name = ? AND origin_schema = ?"
                        + " AND table_name = ? AND logid <= ? AND resolved_at IS NULL",
                source,
                table.schema(),
                table.name(),
                last);
    }

    /** The whole source is copied again. */
    public void resolveAll(Connection connection, String source) throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE
                        + " SET resolved_at = clock_timestamp() WHERE source_name = ? AND resolved_at IS NULL",
                source);
    }

    /** Takes errors away for good, with the rows that they kept. @return how many errors */
    public int purge(Connection connection, String source, List<Long> logids) throws SQLException {
        return purge(connection, source, "logid = ANY (?)", new Object[] {logids.toArray(Long[]::new)});
    }

    /** As {@link #purge(Connection, String, List)}, for the resolved ones that are older. */
    public int purgeResolved(Connection connection, String source, Duration olderThan) throws SQLException {
        return purge(connection, source, "resolved_at < clock_timestamp() - ? * interval '1 second'", new Object[] {
            olderThan.toSeconds()
        });
    }

    /** As {@link #purge(Connection, String, List)}, for all, resolved or not. */
    public int purgeAll(Connection connection, String source) throws SQLException {
        return purge(connection, source, "true", new Object[0]);
    }

    private static int purge(Connection connection, String source, String which, Object[] parameters)
            throws SQLException {
        var all = new ArrayList<Object>(List.of(source));
        all.addAll(List.of(parameters));
        String condition = " WHERE source_name = ? AND " + which;
        Sql.update(
                connection,
                "DELETE FROM " + ROWS + " WHERE logid IN (SELECT logid FROM " + TABLE + condition + ")",
                all.toArray());
        return Sql.update(connection, "DELETE FROM " + TABLE + condition, all.toArray());
    }

    private static LoggedError read(ResultSet row) throws SQLException {
        String schema = row.getString("origin_schema");
        String topic = row.getString("topic");
        return new LoggedError(
                row.getLong("logid"),
                Sql.instant(row, "logged_at").orElseThrow(),
                new LoggedError.Entry(
                        row.getString("source_name"),
                        schema == null
                                ? Optional.empty()
                                : Optional.of(new TableId(schema, row.getString("table_name"))),
                        row.getString("code"),
                        Optional.ofNullable(row.getString("sqlstate")),
                        row.getString("message"),
                        Optional.ofNullable(row.getString("statement")),
                        Sql.coordinates(row, "file", "position"),
                        Optional.ofNullable(topic),
                        topic == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("topic_offset"))),
                row.getLong("rows"),
                Sql.instant(row, "resolved_at"));
    }
}
