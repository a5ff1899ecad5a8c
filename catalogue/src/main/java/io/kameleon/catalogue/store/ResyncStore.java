package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.Resync.Cause;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The queue of tables to copy again, in the caller's transaction.
 *
 * <p>One process at a time works through a source's queue. What it writes names its attempt, so that one that was thought dead
 * changes nothing more. Thread-safe; a connection is used by one thread at a time.
 */
public final class ResyncStore {
    private static final String TABLE = SCHEMA + ".resync";
    private static final String KEY = " WHERE source_name = ? AND origin_schema = ? AND table_name = ?";
    private static final String UNDER_WAY = "phase IN ('preparing', 'copying', 'catching_up')";
    private static final String ATTEMPT = KEY + " AND attempt = ? AND " + UNDER_WAY;

    /** After a failure had a table copied again, the next failure within this time has to wait longer. */
    private static final String SOON = "interval '1 hour'";

    /**
     * Asks for the table. One that is being copied goes on as it is: what the stream brings meanwhile starts it over where needed.
     * A failure soon after the last copy waits, from one minute to an hour, the longer the more often that has happened.
     */
    public void request(Connection connection, String source, TableId table, Cause cause) throws SQLException {
        String again =
                "r.phase IN ('done', 'given_up') AND EXCLUDED.cause = 'failure' AND r.ended_at > clock_timestamp() - "
                        + SOON;
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " AS r (source_name, origin_schema, table_name, cause, phase)"
                        + " VALUES (?, ?, ?, ?, 'waiting')"
                        + " ON CONFLICT (source_name, origin_schema, table_name) DO UPDATE SET"
                        + " cause = EXCLUDED.cause, phase = 'waiting', requested_at = clock_timestamp(), failures = 0,"
                        + " rounds = CASE WHEN " + again + " THEN r.rounds + 1 WHEN r.phase = 'waiting' THEN r.rounds"
                        + " ELSE 0 END,"
                        + " not_before = CASE WHEN " + again
                        + " THEN r.ended_at + least(60, power(2, r.rounds)) * interval '1 minute'"
                        + " WHEN r.phase = 'waiting' AND EXCLUDED.cause <> 'asked' THEN r.not_before"
                        + " ELSE clock_timestamp() END,"
                        + " rows_copied = 0, last_failure = NULL, ended_at = NULL"
                        + " WHERE NOT (r." + UNDER_WAY + ")",
                source,
                table.schema(),
                table.name(),
                text(cause));
    }

    /**
     * Takes the next table, before all others one whose attempt was cut off. Commit at once.
     *
     * @return the entry as it was before
     */
    public Optional<Resync> claim(Connection connection, String source, String attempt) throws SQLException {
        Optional<Resync> next = Sql.first(
                connection,
                ResyncStore::read,
                "SELECT * FROM " + TABLE + " WHERE source_name = ? AND (" + UNDER_WAY
                        + " OR phase = 'waiting' AND not_before <= clock_timestamp())"
                        + " ORDER BY phase = 'waiting', requested_at LIMIT 1 FOR UPDATE SKIP LOCKED",
                source);
        if (next.isPresent()) {
            TableId table = next.get().table();
            Sql.update(
                    connection,
                    "UPDATE " + TABLE + " SET phase = 'preparing', attempt = ?, rows_copied = 0, rows_estimated = 0"
                            + KEY,
                    attempt,
                    source,
                    table.schema(),
                    table.name());
        }
        return next;
    }

    /** @return whether the attempt still is the one that holds */
    public boolean advance(
            Connection connection, String source, TableId table, String attempt, Phase phase, long rows, long estimated)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET phase = ?, rows_copied = ?, rows_estimated = ?" + ATTEMPT,
                        text(phase),
                        rows,
                        estimated,
                        source,
                        table.schema(),
                        table.name(),
                        attempt)
                > 0;
    }

    /** Where the attempt loads; to be written before the schema is made. @return as {@link #advance} */
    public boolean setLoadingSchema(
            Connection connection, String source, TableId table, String attempt, String loadingSchema)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET loading_schema = ?" + ATTEMPT,
                        loadingSchema,
                        source,
                        table.schema(),
                        table.name(),
                        attempt)
                > 0;
    }

    /** The attempt has succeeded; in the transaction that puts its table in place. @return as {@link #advance} */
    public boolean done(Connection connection, String source, TableId table, String attempt, long rows)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET phase = 'done', rows_copied = ?, failures = 0, last_failure = NULL,"
                                + " loading_schema = '', ended_at = clock_timestamp()" + ATTEMPT,
                        rows,
                        source,
                        table.schema(),
                        table.name(),
                        attempt)
                > 0;
    }

    /** The attempt failed; the next one begins after {@code wait}. */
    public void failed(
            Connection connection, String source, TableId table, String attempt, String reason, Duration wait)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET phase = 'waiting', failures = failures + 1, last_failure = ?,"
                        + " not_before = clock_timestamp() + ? * interval '1 millisecond'" + ATTEMPT,
                reason,
                wait.toMillis(),
                source,
                table.schema(),
                table.name(),
                attempt);
    }

    /** No further attempt is made until the table is asked for again. */
    public void giveUp(Connection connection, String source, TableId table, String attempt, String reason)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET phase = 'given_up', failures = failures + 1, last_failure = ?,"
                        + " ended_at = clock_timestamp()" + ATTEMPT,
                reason,
                source,
                table.schema(),
                table.name(),
                attempt);
    }

    /** Copies that are under way begin anew; whoever makes them notices at its next step. */
    public void startOver(Connection connection, String source) throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET phase = 'waiting', attempt = '' WHERE source_name = ? AND " + UNDER_WAY,
                source);
    }

    /** The table is gone, or was made anew by the stream: nothing of it is to be copied. */
    public void remove(Connection connection, String source, TableId table) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + KEY, source, table.schema(), table.name());
    }

    public void removeAll(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    public Optional<Resync> find(Connection connection, String source, TableId table) throws SQLException {
        return Sql.first(
                connection, ResyncStore::read, "SELECT * FROM " + TABLE + KEY, source, table.schema(), table.name());
    }

    /** By schema and name. */
    public List<Resync> list(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                ResyncStore::read,
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY origin_schema, table_name",
                source);
    }

    private static Resync read(ResultSet row) throws SQLException {
        return new Resync(
                row.getString("source_name"),
                new TableId(row.getString("origin_schema"), row.getString("table_name")),
                Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                row.getString("attempt"),
                row.getString("loading_schema"),
                row.getInt("failures"),
                row.getLong("rows_copied"),
                row.getLong("rows_estimated"),
                Optional.ofNullable(row.getString("last_failure")));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
