package io.kameleon.replay.apply;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AbsentColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies row images to PostgreSQL in sets: buffers them, collapsed to the net change per key, and writes what is buffered inside
 * the caller's transaction.
 *
 * <p>Guarantees: after a flush the tables are as if every image had been applied by itself, in order. Never commits, never rolls
 * back, opens no transaction of its own; the caller commits the replay position in the same transaction. Several
 * flushes in one transaction are fine, so a large transaction of the source needs no more memory than one buffer.
 *
 * <p>When a flush throws, the buffer is kept and PostgreSQL's transaction is aborted: the caller rolls it back and, for a
 * refused row or a failed table, buffers the rows of the whole transaction again, with {@link Care#CAREFUL}, for
 * {@link #flushCarefully}.
 *
 * <p>One connection, which is not in auto-commit. One thread only, or two: one gathers ({@link #row}, {@link #bufferedBytes},
 * {@link #take}, {@link #clear}) while the other applies what was taken ({@link #flush(RowBuffer)}).
 */
public final class BatchWriter {
    private static final String PARTIAL_SAVEPOINT = "kameleon_partial";

    private final BinaryStatements statements;
    private final ChangeWriter changes;
    private final ApplyPlan plan;
    private final PartialWriter partialRows;
    private RowBuffer gathered = new RowBuffer();

    /** @throws ReplicationException DESTINATION_UNREACHABLE when the connection is not a living one of pgjdbc */
    public BatchWriter(Connection connection) {
        try {
            statements = new BinaryStatements(connection);
            statements.command(PlanSettings.OF_THE_SESSION);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
        changes = new ChangeWriter(statements);
        plan = new ApplyPlan(changes);
        partialRows = new PartialWriter(statements);
    }

    /** Buffers one row image, as {@link RowBuffer#row}. */
    public void row(TableTarget target, byte[] key, byte[] value, Care care) {
        gathered.row(target, key, value, care);
    }

    /** Memory that the buffered rows take, about: the caller flushes when it passes the caller's limit. */
    public long bufferedBytes() {
        return gathered.bytes();
    }

    /** Tables that have buffered rows. */
    public int bufferedTables() {
        return gathered.batches().size();
    }

    /** What is buffered, as the caller's from now on; the next row begins a new buffer. */
    public RowBuffer take() {
        RowBuffer taken = gathered;
        gathered = new RowBuffer();
        return taken;
    }

    /** Forgets what is buffered. */
    public void clear() {
        gathered = new RowBuffer();
    }

    /** Applies and forgets what is buffered, as {@link #flush(RowBuffer)}. */
    public FlushResult flush() {
        return flush(gathered);
    }

    /**
     * Applies the rows and empties the buffer.
     *
     * @throws ReplicationException with a code whose handling tells what to do: RETRY (the connection or a deadlock),
     *                              DISCARD_ROW and DISABLE_TABLE (roll back, then {@link #flushCarefully}), STOP
     */
    public FlushResult flush(RowBuffer rows) {
        var surprises = new HashMap<TableBatch, Surprises>();
        drained(() -> {
            for (TableBatch batch : rows.batches()) {
                apply(batch, batch.changes(), Care.FAST, surprises.computeIfAbsent(batch, b -> new Surprises()));
            }
        });
        var counts = new LinkedHashMap<TableTarget, TableCounts>();
        for (TableBatch batch : rows.batches()) {
            counts.put(batch.target(), surprises.get(batch).counts().plus(batch.operations()));
        }
        rows.clear();
        return new FlushResult(counts);
    }

    /** As {@link #flushCarefully(RowBuffer, FailureSink)}, with what is buffered. */
    public FlushResult flushCarefully(FailureSink sink) {
        return flushCarefully(gathered, sink);
    }

    /**
     * As {@link #flush(RowBuffer)}, but what cannot be applied goes to the sink and the rest is applied: a table under its
     * savepoint, and when it fails, its rows in halves down to the refused ones. An insert whose key is there replaces the row.
     *
     * @throws ReplicationException what concerns neither one row nor one table: the caller rolls back
     */
    public FlushResult flushCarefully(RowBuffer rows, FailureSink sink) {
        var counts = new LinkedHashMap<TableTarget, TableCounts>();
        for (TableBatch batch : rows.batches()) {
            var careful = new CarefulTable(this, batch, sink);
            careful.apply().ifPresent(c -> counts.put(batch.target(), c.plus(batch.operations())));
        }
        rows.clear();
        return new FlushResult(counts);
    }

    /**
     * Applies one insert or update of which not all columns are known, at once. Nothing may be buffered.
     *
     * @throws ReplicationException as {@link #flush(RowBuffer)}; ROW_IMAGE_INCOMPLETE (the table) when the row cannot be placed
     */
    public FlushResult applyPartial(TableTarget target, byte[] value, AbsentColumns absent) {
        try {
            return new FlushResult(Map.of(target, partialRows.apply(target, value, absent)));
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, target.destination());
        }
    }

    /** As {@link #applyPartial}, but a row or table that cannot be applied goes to the sink. */
    public FlushResult applyPartialCarefully(
            TableTarget target, byte[] key, byte[] value, AbsentColumns absent, FailureSink sink) {
        command("SAVEPOINT " + PARTIAL_SAVEPOINT);
        try {
            FlushResult result = applyPartial(target, value, absent);
            command("RELEASE SAVEPOINT " + PARTIAL_SAVEPOINT);
            return result;
        } catch (ReplicationException e) {
            if (!concernsRow(e) && !concernsTable(e)) {
                throw e;
            }
            command("ROLLBACK TO SAVEPOINT " + PARTIAL_SAVEPOINT);
            if (concernsTable(e)) {
                sink.tableFailed(target, e);
            } else {
                String state = DestinationErrors.sqlState(e);
                sink.refused(target, target.record().parse(value).operation(), key, value, e, state);
            }
            return new FlushResult(Map.of());
        }
    }

    /** Applies some of a table's changes. @return missing and conflicts */
    TableCounts applyCarefully(TableBatch batch, List<RowChange> part) {
        var surprises = new Surprises();
        drained(() -> apply(batch, part, Care.CAREFUL, surprises));
        return surprises.counts();
    }

    private void apply(TableBatch batch, List<RowChange> part, Care care, Surprises surprises) {
        try {
            plan.apply(batch.target(), part, care, surprises);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, batch.target().destination());
        }
    }

    /** All that the steps have added is run when this returns, and forgotten when they fail. */
    private void drained(Runnable steps) {
        try {
            steps.run();
            changes.drain();
        } finally {
            changes.clear();
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
