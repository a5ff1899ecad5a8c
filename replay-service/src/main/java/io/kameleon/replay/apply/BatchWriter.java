package io.kameleon.replay.apply;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies row images to PostgreSQL in sets: buffers them, collapsed to the net change per key, and writes what is buffered on
 * {@link #flush()}, inside the caller's transaction.
 *
 * <p>Guarantees: after a flush the tables are as if every image had been applied by itself, in order. Never commits, never rolls
 * back, opens no transaction of its own; the caller commits the replay position in the same transaction. Several
 * flushes in one transaction are fine, so a large transaction of the source needs no more memory than one buffer.
 *
 * <p>When {@link #flush()} throws, the buffer is kept and PostgreSQL's transaction is aborted: the caller rolls it back and, for a
 * refused row or a failed table, gives the same rows to {@link #flushCarefully}. Rows of earlier flushes of that transaction
 * went with the rollback and have to be buffered again first.
 *
 * <p>One thread only, one connection, which is not in auto-commit.
 */
public final class BatchWriter {
    private final BinaryStatements statements;
    private final ApplyPlan plan;
    private final Map<TableTarget, TableBatch> batches = new LinkedHashMap<>();
    /** Destination to its latest target: an earlier one takes no more rows. */
    private final Map<String, TableTarget> latest = new HashMap<>();

    private long bufferedBytes;

    /** @throws ReplicationException DESTINATION_UNREACHABLE when the connection is not a living one of pgjdbc */
    public BatchWriter(Connection connection) {
        try {
            statements = new BinaryStatements(connection);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
        plan = new ApplyPlan(new ChangeWriter(statements));
    }

    /**
     * Buffers one row image. The arrays are kept until the flush and must not change.
     *
     * @param target the table version that wrote the image. A table may change its target (mode) within a batch, but not
     *               back; a change of its structure needs a flush before.
     * @param key    with wire header; null for a table without identity
     * @param value  with wire header
     * @throws ReplicationException RECORD_MALFORMED when the value is not a row image of this version
     */
    public void row(TableTarget target, byte[] key, byte[] value) {
        TableBatch batch = batches.get(target);
        if (batch == null) {
            batch = new TableBatch(target);
            batches.put(target, batch);
            latest.put(target.destination().quotedName(), target);
        } else if (latest.get(target.destination().quotedName()) != target) {
            throw new IllegalStateException("a row for an earlier target of " + target);
        }
        long before = batch.bytes();
        batch.add(key, value);
        bufferedBytes += batch.bytes() - before;
    }

    /** Memory that the buffered rows take, about: the caller flushes when it passes the caller's limit. */
    public long bufferedBytes() {
        return bufferedBytes;
    }

    /** Forgets what is buffered. */
    public void clear() {
        batches.clear();
        latest.clear();
        bufferedBytes = 0;
    }

    /**
     * Applies and forgets what is buffered.
     *
     * @throws ReplicationException with a code whose handling tells what to do: RETRY (the connection or a deadlock),
     *                              DISCARD_ROW and DISABLE_TABLE (roll back, then {@link #flushCarefully}), STOP
     */
    public FlushResult flush() {
        var counts = new LinkedHashMap<TableTarget, TableCounts>();
        for (TableBatch batch : batches.values()) {
            counts.put(batch.target(), apply(batch, batch.changes(), Care.FAST).plus(batch.operations()));
        }
        clear();
        return new FlushResult(counts);
    }

    /**
     * As {@link #flush()}, but what cannot be applied goes to the sink and the rest is applied: a table under its savepoint, and
     * when it fails, its rows in halves down to the refused ones. An insert whose key is there replaces the row.
     *
     * @throws ReplicationException what concerns neither one row nor one table: the caller rolls back
     */
    public FlushResult flushCarefully(FailureSink sink) {
        var counts = new LinkedHashMap<TableTarget, TableCounts>();
        for (TableBatch batch : batches.values()) {
            var careful = new CarefulTable(this, batch, sink);
            careful.apply().ifPresent(c -> counts.put(batch.target(), c.plus(batch.operations())));
        }
        clear();
        return new FlushResult(counts);
    }

    TableCounts apply(TableBatch batch, List<RowChange> changes, Care care) {
        try {
            return plan.apply(batch.target(), changes, care);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, batch.target().destination());
        }
    }

    /** Runs a savepoint command. */
    void command(String sql) {
        try {
            statements.command(sql);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
    }

    static boolean concernsTable(ReplicationException e) {
        return e.code().handling() == ErrorCode.Handling.DISABLE_TABLE
                || e.code() == ErrorCode.DESTINATION_ACCESS_DENIED;
    }

    static boolean concernsRow(ReplicationException e) {
        return e.code().handling() == ErrorCode.Handling.DISCARD_ROW;
    }
}
