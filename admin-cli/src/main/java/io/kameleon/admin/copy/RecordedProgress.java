package io.kameleon.admin.copy;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.CopyProgressStore;
import io.kameleon.catalogue.store.CopyProgressStore.Progress;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on how an initial copy goes, and writes it into the catalogue about once a second, so that {@code show_status} can tell it.
 * That it cannot be written never ends the copy. Thread-safe.
 */
public final class RecordedProgress implements CopyProgress {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedProgress.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Catalogue catalogue;
    private final String source;
    private final CopyProgress next;
    private final CopyProgressStore store = new CopyProgressStore();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong writtenNanos = new AtomicLong();
    private volatile int tables;
    private volatile long rowsEstimated;

    public RecordedProgress(Catalogue catalogue, String source, CopyProgress next) {
        this.catalogue = catalogue;
        this.source = source;
        this.next = next;
    }

    @Override
    public void started(int tableCount, long estimate) {
        next.started(tableCount, estimate);
        tables = tableCount;
        rowsEstimated = estimate;
        writtenNanos.set(System.nanoTime());
        write();
    }

    @Override
    public void rows(TableId table, long more) {
        next.rows(table, more);
        rows.addAndGet(more);
        long now = System.nanoTime();
        long last = writtenNanos.get();
        if (now - last >= INTERVAL_NANOS && writtenNanos.compareAndSet(last, now)) {
            write();
        }
    }

    private void write() {
        var progress = new Progress(tables, done.get(), rows.get(), rowsEstimated, Instant.EPOCH);
        try {
            catalogue.inTransaction(connection -> {
                store.put(connection, source, progress);
                return null;
            });
        } catch (ReplicationException e) {
            LOG.debug("Progress not written source={}", source, e);
        }
    }

    @Override
    public void tableLoaded(TableId table, long count) {
        next.tableLoaded(table, count);
    }

    @Override
    public void tableDone(TableId table) {
        next.tableDone(table);
        if (done.incrementAndGet() == tables) {
            write();
        }
    }

    @Override
    public void note(String text) {
        next.note(text);
    }

    @Override
    public void ended() {
        next.ended();
    }
}
