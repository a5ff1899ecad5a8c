package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The error log, in the caller's transaction. Thread-safe; a connection is used by one thread at a time. */
public final class ErrorStore {
    private static final String TABLE = SCHEMA + ".error_log";

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
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY logid DESC LIMIT ?",
                source,
                limit);
    }

    public Optional<LoggedError> get(Connection connection, long logid) throws SQLException {
        return Sql.first(connection, ErrorStore::read, "SELECT * FROM " + TABLE + " WHERE logid = ?", logid);
    }

    public long count(Connection connection, String source) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT count(*) FROM " + TABLE + " WHERE source_name = ?",
                        source)
                .orElseThrow();
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
                        topic == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("topic_offset"))));
    }
}
