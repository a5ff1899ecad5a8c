package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The copy of one table on the source's side: hands out ranges, reads them, and tells the consistent point at the end.
 *
 * <p>Opened after the stream's start position was read, by {@link io.kameleon.reader.server.StableStart}. Then, from any
 * number of threads, each with a session of its own: {@link #next()}, {@link #read}, until there is no next range; once all
 * have returned, {@link #finish()}. A range whose read failed may be read again on a new session, into a sink that has
 * dropped its first part.
 *
 * <p>The session given at opening is used for searches, locks and positions; it stays the caller's to close, afterwards.
 */
public abstract sealed class TableCopy permits RangedCopy, WholeCopy {
    private final TableDefinition table;
    private final CopyMethod method;
    private final long sinceNanos = System.nanoTime();
    private final AtomicLong rows = new AtomicLong();
    private final Set<SourceServer> reading = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    TableCopy(TableDefinition table, CopyMethod method) {
        this.table = table;
        this.method = method;
    }

    /** @throws ReplicationException TABLE_DEFINITION_MISMATCH when the table is gone; the errors of its method's locks */
    public static TableCopy open(SourceServer server, TableDefinition table, Options options) {
        TableFacts facts = new DefinitionReader(server).table(table.id());
        if (facts == null) {
            throw SnapshotErrors.tableGone(server.address(), table.id());
        }
        CopyMethod method = CopyMethod.of(server.facts(), facts, table, options.atOneMoment());
        return method == CopyMethod.RANGES
                ? RangedCopy.open(server, table, facts, options)
                : new WholeCopy(server, table, method, options.lockLimits());
    }

    public TableDefinition table() {
        return table;
    }

    public CopyMethod method() {
        return method;
    }

    /** The next range to read, in key order; empty when all are handed out. Thread-safe. */
    public abstract Optional<KeyRange> next();

    /**
     * Reads a range into the sink and returns the number of its rows. Thread-safe, with one session per thread. When it
     * throws, the session is closed.
     *
     * @param session idle, without an open transaction
     * @throws ReplicationException SOURCE_UNREACHABLE may be retried; TABLE_DEFINITION_MISMATCH when the table changed;
     *     WRONG_STATE after {@link #cancel()}; and what encoder and sink throw
     */
    public final long read(KeyRange range, SourceServer session, RowEncoder encoder, RangeSink sink) {
        reading.add(session);
        try {
            if (cancelled) {
                throw SnapshotErrors.cancelled(session.address(), table.id());
            }
            long count = readRange(range, session, encoder, sink);
            rows.addAndGet(count);
            return count;
        } catch (RuntimeException e) {
            endSession(session, e);
            throw e;
        } finally {
            reading.remove(session);
        }
    }

    abstract long readRange(KeyRange range, SourceServer session, RowEncoder encoder, RangeSink sink);

    /** The table's consistent point, once every range has been read. */
    public abstract TableSnapshot finish();

    /** Cuts the sessions that are reading: their reads end with WRONG_STATE. Any thread. */
    public void cancel() {
        cancelled = true;
        reading.forEach(SourceServer::abort);
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final RangeReader reader(SourceServer session) {
        return new RangeReader(session, table, this::isCancelled);
    }

    final long rowsRead() {
        return rows.get();
    }

    final long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    }

    private static void endSession(SourceServer session, RuntimeException first) {
        try {
            session.abort();
        } catch (ReplicationException e) {
            first.addSuppressed(e);
        }
    }

    /**
     * @param resumeBy   how the stream's start was given to the server
     * @param finished   the last of the ranges that an earlier process finished without a gap; null for a new copy
     */
    public record Options(
            RangeSize rangeSize, ResumeBy resumeBy, LockLimits lockLimits, KeyRange finished, boolean atOneMoment) {
        /** For a stream that starts by GTID, or on MariaDB by either. */
        public static final Options DEFAULT =
                new Options(RangeSize.DEFAULT, ResumeBy.GTID, LockLimits.DEFAULT, null, false);

        public Options withRangeSize(RangeSize size) {
            return new Options(size, resumeBy, lockLimits, finished, atOneMoment);
        }

        public Options withResumeBy(ResumeBy by) {
            return new Options(rangeSize, by, lockLimits, finished, atOneMoment);
        }

        public Options withLockLimits(LockLimits limits) {
            return new Options(rangeSize, resumeBy, limits, finished, atOneMoment);
        }

        public Options withFinished(KeyRange last) {
            return new Options(rangeSize, resumeBy, lockLimits, last, atOneMoment);
        }

        /** The whole table as of one moment, whatever it costs: no event before it has to be applied to the copy. */
        public Options withOneMoment(boolean wanted) {
            return new Options(rangeSize, resumeBy, lockLimits, finished, wanted);
        }
    }
}
