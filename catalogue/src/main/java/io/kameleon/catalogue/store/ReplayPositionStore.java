package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and advances the replay positions, in the caller's transaction: the one that applies the rows.
 *
 * <p>Thread-safe; a connection is used by one thread at a time.
 */
public final class ReplayPositionStore {
    static final String TABLE = SCHEMA + ".replay_position";

    private static final String FENCED =
            "Another replayer has taken over, or the source was initialised or dropped meanwhile; this one stops.";

    private final ReplayLaneStore lanes = new ReplayLaneStore();

    public Optional<ReplayPosition> find(Connection connection, String source) throws SQLException {
        return Sql.first(
                connection, ReplayPositionStore::read, "SELECT * FROM " + TABLE + " WHERE source_name = ?", source);
    }

    /**
     * As {@link #find}, and keeps others from advancing it until the transaction ends. Waits for a transaction that is advancing it
     * now: the last one of a process that was killed in its commit.
     */
    public Optional<ReplayPosition> findForUpdate(Connection connection, String source) throws SQLException {
        return Sql.first(
                connection,
                ReplayPositionStore::read,
                "SELECT * FROM " + TABLE + " WHERE source_name = ? FOR UPDATE",
                source);
    }

    /**
     * What a replay works by. Once another claim is made, this one commits nothing more.
     *
     * @param run        goes up with every replay that begins
     * @param generation of the tables' list, read before the list was
     */
    public record Claim(String source, long run, long generation) {}

    /** Where a replay begins. */
    public record Beginning(ReplayPosition position, Claim claim) {}

    /** The position for a replay that begins now and ends all earlier ones. Waits as {@link #findForUpdate} does. */
    public Optional<Beginning> begin(Connection connection, String source) throws SQLException {
        return Sql.first(
                connection,
                row -> new Beginning(read(row), claim(row)),
                "UPDATE " + TABLE + " SET run = run + 1 WHERE source_name = ? RETURNING *",
                source);
    }

    /**
     * The claim with the present generation, after a rollback. Waits for what is just being committed by it.
     *
     * @throws ReplicationException WRITER_FENCED when another replay has begun meanwhile, or the source was dropped
     */
    public Claim renew(Connection connection, Claim claim) throws SQLException {
        return Sql.first(
                        connection,
                        ReplayPositionStore::claim,
                        "SELECT * FROM " + TABLE + " WHERE source_name = ? AND run = ? FOR UPDATE",
                        claim.source(),
                        claim.run())
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.WRITER_FENCED,
                        "Another replay of the source has begun",
                        Map.of("source", claim.source()),
                        FENCED));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(row.getString("source_name"), row.getLong("run"), row.getLong("generation"));
    }

    public List<ReplayPosition> list(Connection connection) throws SQLException {
        return Sql.list(connection, ReplayPositionStore::read, "SELECT * FROM " + TABLE + " ORDER BY source_name");
    }

    /**
     * Sets the position from which replay begins, whatever stood there before: after an initial copy, or when the topic was
     * made anew. {@code start.appliedAt()} is not used: the database's clock is.
     */
    public void start(Connection connection, ReplayPosition start) throws SQLException {
        lanes.removeAll(connection, start.source());
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " (source_name, topic, topic_id, next_offset, file, position, gtid,"
                        + " source_committed_at, applied_at, rows, transactions, schema_changes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), ?, ?, ?)"
                        + " ON CONFLICT (source_name) DO UPDATE SET topic = EXCLUDED.topic, topic_id = EXCLUDED.topic_id,"
                        + " next_offset = EXCLUDED.next_offset, file = EXCLUDED.file, position = EXCLUDED.position,"
                        + " gtid = EXCLUDED.gtid, source_committed_at = EXCLUDED.source_committed_at,"
                        + " applied_at = EXCLUDED.applied_at, rows = EXCLUDED.rows,"
                        + " transactions = EXCLUDED.transactions, schema_changes = EXCLUDED.schema_changes,"
                        + " generation = replay_position.generation + 1",
                start.source(),
                start.topic(),
                start.topicId(),
                start.nextOffset(),
                Sql.file(start.coordinates()),
                Sql.position(start.coordinates()),
                start.gtidSet(),
                start.sourceCommittedAt().orElse(null),
                start.rows(),
                start.transactions(),
                start.schemaChanges());
    }

    /** {@link #start(Connection, ReplayPosition)} with nothing applied yet. */
    public void start(Connection connection, String source, String topic, String topicId, long nextOffset)
            throws SQLException {
        start(
                connection,
                new ReplayPosition(
                        source,
                        topic,
                        topicId,
                        nextOffset,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Instant.EPOCH,
                        0,
                        0,
                        0));
    }

    /**
     * Puts {@code next} in the place of the position that the caller started from. Takes the position's row lock until the
     * transaction ends: a second replayer waits here.
     *
     * @param expectedNextOffset of the position that the caller last read or wrote
     * @throws ReplicationException WRITER_FENCED when the position is another one, or another replay has begun: somebody else may
     *                              have applied meanwhile; TABLES_CHANGED when it is not, but the tables' list is. The transaction
     *                              has to be rolled back.
     */
    public void advance(Connection connection, Claim claim, long expectedNextOffset, ReplayPosition next)
            throws SQLException {
        int written = Sql.update(
                connection,
                "UPDATE " + TABLE + " SET next_offset = ?, file = ?, position = ?, gtid = ?, source_committed_at = ?,"
                        + " applied_at = clock_timestamp(), rows = ?, transactions = ?, schema_changes = ?"
                        + " WHERE source_name = ? AND next_offset = ? AND topic_id = ? AND run = ? AND generation = ?",
                next.nextOffset(),
                Sql.file(next.coordinates()),
                Sql.position(next.coordinates()),
                next.gtidSet(),
                next.sourceCommittedAt().orElse(null),
                next.rows(),
                next.transactions(),
                next.schemaChanges(),
                claim.source(),
                expectedNextOffset,
                next.topicId(),
                claim.run(),
                claim.generation());
        if (written == 0) {
            throw refused(connection, claim, expectedNextOffset, next);
        }
    }

    /** Why a compare-and-set has found nothing. */
    ReplicationException refused(Connection connection, Claim claim, long expectedNextOffset, ReplayPosition next)
            throws SQLException {
        Optional<Beginning> found = Sql.first(
                connection,
                row -> new Beginning(read(row), claim(row)),
                "SELECT * FROM " + TABLE + " WHERE source_name = ?",
                claim.source());
        boolean inPlace = found.filter(f -> f.position().nextOffset() == expectedNextOffset)
                .filter(f -> f.position().topicId().equals(next.topicId()))
                .filter(f -> f.claim().run() == claim.run())
                .isPresent();
        Map<String, Object> where = Where.of("source", claim.source(), "topic", next.topic());
        if (inPlace && found.get().claim().generation() != claim.generation()) {
            return new ReplicationException(
                    ErrorCode.TABLES_CHANGED,
                    "A table was put in place by another hand",
                    where,
                    "The batch is applied again by itself.");
        }
        boolean moved = found.filter(f -> f.position().nextOffset() == expectedNextOffset)
                .isEmpty();
        String what = moved
                ? "The replay position is no longer at offset " + expectedNextOffset
                : "The replay position belongs to another replay by now, at offset " + expectedNextOffset;
        return new ReplicationException(ErrorCode.WRITER_FENCED, what, where, FENCED);
    }

    /** Which tables' list holds: another number after a change of it that was not replay's. 0 when there is no position. */
    public long generation(Connection connection, String source) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT generation FROM " + TABLE + " WHERE source_name = ?",
                        source)
                .orElse(0L);
    }

    /** Makes replay read the tables' list anew before its next commit. In the transaction that changes the list. */
    public void changeTables(Connection connection, String source) throws SQLException {
        Sql.update(connection, "UPDATE " + TABLE + " SET generation = generation + 1 WHERE source_name = ?", source);
    }

    /** {@link #changeTables}, for a table that now holds the rows up to the replay position, which the caller has locked. */
    public void putInPlace(Connection connection, String source, TableId table) throws SQLException {
        lanes.notAhead(connection, source, table);
        changeTables(connection, source);
    }

    /** Ends replay for good: one that still runs fails at its next commit. */
    public void remove(Connection connection, String source) throws SQLException {
        lanes.removeAll(connection, source);
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    private static ReplayPosition read(ResultSet row) throws SQLException {
        return new ReplayPosition(
                row.getString("source_name"),
                row.getString("topic"),
                row.getString("topic_id"),
                row.getLong("next_offset"),
                Sql.coordinates(row, "file", "position"),
                row.getString("gtid"),
                Sql.instant(row, "source_committed_at"),
                Sql.instant(row, "applied_at").orElseThrow(),
                row.getLong("rows"),
                row.getLong("transactions"),
                row.getLong("schema_changes"));
    }
}
