package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.ServerFlavour;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.table.TableDefinition;
import java.util.Optional;

/**
 * A copy by key ranges, each in a read view of its own, while the table goes on changing.
 *
 * <p>Why the copy and its events give the table. Let S be the stream's start and P the consistent point, which is the end
 * of the binlog after the last view was opened.
 * <ol>
 *   <li>A transaction that the stream does not send is visible in every view: S was read before, and holds only
 *       transactions that were visible then ({@link BinlogPositions#start()}).
 *   <li>A transaction that some view sees is in the binlog before P, because a commit is written there before it becomes
 *       visible.
 *   <li>So a row's image in the copy is its state at some point between S and P. Events carry whole images, so applying
 *       those between S and P idempotently (a write inserts or replaces, a delete may find nothing) leaves each key as its
 *       last event says, and a key without an event as it was copied, which is its state at P.
 *   <li>A row that moves between ranges by a key update, and is seen twice or not at all, is put right by that update's
 *       event: it deletes the key before and writes the key after.
 * </ol>
 * At P the copy equals the table, and later events apply strictly.
 *
 * <p>On MySQL a stream that starts by coordinates lacks the guarantee of step 1: S may include a transaction that is not
 * yet visible. Then the opening waits, by a lock that is released at once, until every writer of the table that was
 * under way has completed its commit.
 */
final class RangedCopy extends TableCopy {
    private final SourceServer server;
    private final KeyRanges ranges;
    private final long lockMillis;

    private RangedCopy(SourceServer server, TableDefinition table, KeyRanges ranges, long lockMillis) {
        super(table, CopyMethod.RANGES);
        this.server = server;
        this.ranges = ranges;
        this.lockMillis = lockMillis;
    }

    static RangedCopy open(SourceServer server, TableDefinition table, TableFacts facts, Options options) {
        long lockMillis = needsBarrier(server, options) ? awaitWriters(server, table, options.lockLimits()) : 0;
        KeyRanges ranges = KeyRanges.of(server, table, facts, options.rangeSize());
        if (options.finished() != null) {
            ranges.resumeAfter(options.finished());
        }
        return new RangedCopy(server, table, ranges, lockMillis);
    }

    private static boolean needsBarrier(SourceServer server, Options options) {
        return server.facts().flavour() == ServerFlavour.MYSQL && options.resumeBy() == ResumeBy.COORDINATES;
    }

    private static long awaitWriters(SourceServer server, TableDefinition table, LockLimits limits) {
        TableLock lock = TableLock.acquire(server, table.id(), limits);
        lock.release();
        return lock.heldMillis();
    }

    @Override
    public Optional<KeyRange> next() {
        return ranges.next();
    }

    @Override
    long readRange(KeyRange range, SourceServer session, RowEncoder encoder, RangeSink sink) {
        session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        long rows = reader(session).read(ranges.key(), range, encoder, sink);
        session.execute("COMMIT");
        return rows;
    }

    @Override
    public TableSnapshot finish() {
        return new TableSnapshot(
                table().id(),
                rowsRead(),
                new BinlogPositions(server).current(),
                TableSnapshot.Exactness.UP_TO,
                millis(),
                lockMillis);
    }
}
