package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The discarded rows, in the caller's transaction. Thread-safe; a connection is used by one thread at a time. */
public final class DiscardedRowStore {
    private static final String TABLE = SCHEMA + ".discarded_row";

    /** @return the row's id */
    public long add(Connection connection, DiscardedRow.Entry entry) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "INSERT INTO " + TABLE + " (logid, source_name, origin_schema, table_name, op, row_image, raw,"
                                + " topic, topic_offset) VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) RETURNING id",
                        entry.logid(),
                        entry.source(),
                        entry.table().schema(),
                        entry.table().name(),
                        String.valueOf(entry.op()),
                        entry.rowJson().orElse(null),
                        entry.raw().orElse(null),
                        entry.topic().orElse(null),
                        entry.topicOffset().isPresent() ? entry.topicOffset().getAsLong() : null)
                .orElseThrow();
    }

    /** The latest first. */
    public List<DiscardedRow> list(Connection connection, String source, int limit) throws SQLException {
        return Sql.list(
                connection,
                DiscardedRowStore::read,
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY id DESC LIMIT ?",
                source,
                limit);
    }

    /** The rows of one error, the earliest first. */
    public List<DiscardedRow> ofError(Connection connection, long logid, int limit) throws SQLException {
        return Sql.list(
                connection,
                DiscardedRowStore::read,
                "SELECT * FROM " + TABLE + " WHERE logid = ? ORDER BY id LIMIT ?",
                logid,
                limit);
    }

    /** Of errors that are not resolved. */
    public long count(Connection connection, String source) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT count(*) FROM " + TABLE + " d JOIN " + SCHEMA + ".error_log e USING (logid)"
                                + " WHERE d.source_name = ? AND e.resolved_at IS NULL",
                        source)
                .orElseThrow();
    }

    private static DiscardedRow read(ResultSet row) throws SQLException {
        String topic = row.getString("topic");
        return new DiscardedRow(
                row.getLong("id"),
                Sql.instant(row, "discarded_at").orElseThrow(),
                new DiscardedRow.Entry(
                        row.getLong("logid"),
                        row.getString("source_name"),
                        new TableId(row.getString("origin_schema"), row.getString("table_name")),
                        row.getString("op").charAt(0),
                        Optional.ofNullable(row.getString("row_image")),
                        Optional.ofNullable(row.getBytes("raw")),
                        Optional.ofNullable(topic),
                        topic == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("topic_offset"))));
    }
}
