package io.kameleon.admin.resync;

import io.kameleon.admin.copy.CopyProgress;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far an attempt is, in the catalogue, at most once a second. Thread-safe. */
final class ResyncProgress implements CopyProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ResyncProgress.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Catalogue catalogue;
    private final String source;
    private final TableId table;
    private final String attempt;
    private final ResyncStore store = new ResyncStore();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong writtenNanos = new AtomicLong(System.nanoTime());
    private volatile long rowsEstimated;

    ResyncProgress(Catalogue catalogue, String source, TableId table, String attempt) {
        this.catalogue = catalogue;
        this.source = source;
        this.table = table;
        this.attempt = attempt;
    }

    /** @throws ReplicationException WRITER_FENCED when the table was taken over, made anew or dropped */
    void enter(Phase phase) {
        boolean ours = catalogue.inTransaction(
                connection -> store.advance(connection, source, table, attempt, phase, rows.get(), rowsEstimated));
        if (!ours) {
            throw superseded(source, table);
        }
    }

    static ReplicationException superseded(String source, TableId table) {
        return new ReplicationException(
                ErrorCode.WRITER_FENCED,
                "The table is no longer this attempt's to copy",
                Map.of("source", source, "table", table),
                "It was dropped or made anew on the source, or another process copies it.");
    }

    @Override
    public void started(int tables, long estimate) {
        rowsEstimated = estimate;
    }

    @Override
    public void rows(TableId id, long more) {
        rows.addAndGet(more);
        long now = System.nanoTime();
        long last = writtenNanos.get();
        if (now - last >= INTERVAL_NANOS && writtenNanos.compareAndSet(last, now)) {
            enter(Phase.COPYING);
        }
    }

    @Override
    public void tableLoaded(TableId id, long count) {
        LOG.info("Rows copied again, building indexes source={} table={} rows={}", source, id, count);
    }

    @Override
    public void tableDone(TableId id) {
        enter(Phase.COPYING);
    }

    @Override
    public void note(String text) {
        LOG.info("{} source={}", text, source);
    }

    @Override
    public void ended() {
        // What follows the copy is told by its phase.
    }
}
