package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.concurrent.TimeUnit;

/**
 * A read lock on one table. While it is held no transaction that wrote to the table is open, and every finished one is in
 * the binlog and visible: a writer keeps its metadata lock until its commit is complete.
 *
 * <p>Needs a session that does nothing else meanwhile. If the session dies, the server drops the lock.
 */
final class TableLock implements AutoCloseable {
    private final SourceServer session;
    private final long sinceNanos;
    private boolean held = true;
    private long heldMillis;

    private TableLock(SourceServer session, long sinceNanos) {
        this.session = session;
        this.sinceNanos = sinceNanos;
    }

    /** @throws ReplicationException TIMED_OUT when the table's writers leave no gap; SOURCE_ACCESS_DENIED */
    static TableLock acquire(SourceServer session, TableId table, LockLimits limits) {
        session.lockWaitTimeout(limits.patience());
        for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
            long since = System.nanoTime();
            if (locked(session, table)) {
                return new TableLock(session, since);
            }
            pause(session, table, limits);
        }
        throw new ReplicationException(
                ErrorCode.TIMED_OUT,
                "The table could not be locked in " + limits.attempts() + " attempts of "
                        + limits.patience().toSeconds() + " s, because transactions on it stayed open",
                SnapshotErrors.where(session.address(), table),
                "End the long transactions on the table, or copy it at a quieter time.");
    }

    private static boolean locked(SourceServer session, TableId table) {
        try {
            session.execute("LOCK TABLES " + Identifiers.quote(table) + " READ");
            return true;
        } catch (ReplicationException e) {
            if (e.code() == ErrorCode.TIMED_OUT) {
                return false;
            }
            if (e.code() == ErrorCode.SOURCE_ACCESS_DENIED) {
                throw denied(session, table, e);
            }
            throw e;
        }
    }

    private static ReplicationException denied(SourceServer session, TableId table, ReplicationException cause) {
        return new ReplicationException(
                ErrorCode.SOURCE_ACCESS_DENIED,
                "User '" + session.address().user() + "' may not lock the table, which its copy needs for an instant",
                SnapshotErrors.where(session.address(), table),
                "Run GRANT LOCK TABLES ON " + Identifiers.quote(table.schema()) + ".* for the user.",
                cause);
    }

    private static void pause(SourceServer session, TableId table, LockLimits limits) {
        try {
            TimeUnit.NANOSECONDS.sleep(limits.pause().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SnapshotErrors.cancelled(session.address(), table);
        }
    }

    /** Lets the writers go on. */
    void release() {
        if (held) {
            held = false;
            session.execute("UNLOCK TABLES");
            heldMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
        }
    }

    /** Whether the session, and with it the lock, still is there. */
    boolean isAlive() {
        return held && !session.isClosed();
    }

    /** From the request to the release: the longest that a writer has waited. */
    long heldMillis() {
        return heldMillis;
    }

    @Override
    public void close() {
        release();
    }
}
