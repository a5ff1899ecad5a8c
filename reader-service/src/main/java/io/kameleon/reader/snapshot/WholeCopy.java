package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A copy in one read, whose rows are exactly those at its consistent point: for tables whose rows cannot be told apart, so
 * that events must apply to them once, and for engines without read views.
 *
 * <p>Why the point is exact. SNAPSHOT: the server says at which position the view was taken. BRIEF_LOCK: while
 * the table is locked every finished transaction on it is both visible and in the binlog, and none is open; the view is
 * opened and the position read meanwhile, so of this table's events those up to the position are in the view and the later
 * ones are not. LOCKED: as BRIEF_LOCK, with the lock instead of the view.
 *
 * <p>A second {@link #read} after a failed one takes a new point.
 */
final class WholeCopy extends TableCopy {
    private final SourceServer server;
    private final LockLimits limits;
    private final AtomicBoolean handedOut = new AtomicBoolean();
    private volatile SourcePosition point;
    private volatile long lockMillis;

    WholeCopy(SourceServer server, TableDefinition table, CopyMethod method, LockLimits limits) {
        super(table, method);
        this.server = server;
        this.limits = limits;
    }

    @Override
    public Optional<KeyRange> next() {
        return handedOut.getAndSet(true) ? Optional.empty() : Optional.of(KeyRange.WHOLE);
    }

    @Override
    long readRange(KeyRange range, SourceServer session, RowEncoder encoder, RangeSink sink) {
        return switch (method()) {
            case SNAPSHOT -> readSnapshot(session, encoder, sink);
            case BRIEF_LOCK -> readAfterBriefLock(session, encoder, sink);
            case LOCKED -> readLocked(session, encoder, sink);
            case RANGES -> throw new IllegalStateException("a ranged copy is no whole copy");
        };
    }

    private long readSnapshot(SourceServer session, RowEncoder encoder, RangeSink sink) {
        session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        point = new BinlogPositions(session).snapshotPosition();
        return readAll(session, encoder, sink);
    }

    private long readAfterBriefLock(SourceServer session, RowEncoder encoder, RangeSink sink) {
        TableLock lock = TableLock.acquire(server, table().id(), limits);
        try (lock) {
            session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            point = new BinlogPositions(server).current();
        }
        lockMillis = lock.heldMillis();
        return readAll(session, encoder, sink);
    }

    private long readAll(SourceServer session, RowEncoder encoder, RangeSink sink) {
        long rows = reader(session).read(Optional.empty(), KeyRange.WHOLE, encoder, sink);
        session.execute("COMMIT");
        return rows;
    }

    private long readLocked(SourceServer session, RowEncoder encoder, RangeSink sink) {
        TableLock lock = TableLock.acquire(session, table().id(), limits);
        try {
            point = new BinlogPositions(server).current();
            return reader(session).read(Optional.empty(), KeyRange.WHOLE, encoder, sink);
        } finally {
            releaseAfterRead(lock);
        }
    }

    /** A read that failed has cut its session, and the lock went with it. */
    private void releaseAfterRead(TableLock lock) {
        if (lock.isAlive()) {
            lock.release();
        }
        lockMillis = lock.heldMillis();
    }

    @Override
    public TableSnapshot finish() {
        if (point == null) {
            throw new IllegalStateException("the table " + table().id() + " has not been read");
        }
        return new TableSnapshot(table().id(), rowsRead(), point, TableSnapshot.Exactness.EXACT, millis(), lockMillis);
    }
}
