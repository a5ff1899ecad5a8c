package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.replay.consume.ReplayStatus.Phase;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.record.Side;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies one source's topic to PostgreSQL in offset order, exactly once in effect, over lost connections, until it is stopped or
 * must not go on.
 *
 * <p>The rows and the replay position commit in one PostgreSQL transaction, so a crash loses both or keeps both; the consumer
 * group's offset is never read back. {@link #run} belongs to one thread; the others are thread-safe.
 */
public final class SourceReplay implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceReplay.class);

    private final ReplaySettings settings;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final ProgressMeter progress;
    private volatile ReplayStatus status = new ReplayStatus(Phase.STARTING, "", null);

    public SourceReplay(ReplaySettings settings) {
        this.settings = settings;
        this.progress = new ProgressMeter(settings.source(), Side.REPLAY, Clock.systemUTC());
    }

    /**
     * Applies until {@link #stop()}.
     *
     * @throws ReplicationException that forbids to go on
     */
    @Override
    public void run() {
        try {
            while (!isStopping()) {
                replayUntilFailure();
            }
            status = new ReplayStatus(Phase.STOPPED, "", status.position());
        } catch (ReplicationException e) {
            progress.error(e.code(), e.getMessage());
            status = new ReplayStatus(Phase.STOPPED, e.getMessage(), status.position());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = new ReplayStatus(Phase.STOPPED, "interrupted", status.position());
        } finally {
            progress.stopped();
        }
    }

    private void replayUntilFailure() throws InterruptedException {
        try (var session = ReplaySession.open(settings, progress, this::committed)) {
            LOG.info("Replaying source={} next_offset={}", settings.source(), session.nextOffset());
            session.run(this::isStopping);
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.RETRY) {
                throw e;
            }
            waitAfter(e);
        }
    }

    private void waitAfter(ReplicationException failure) throws InterruptedException {
        if (status.phase() != Phase.WAITING) {
            LOG.warn("Replay waits source={} cause=\"{}\"", settings.source(), failure.getMessage());
        }
        progress.waiting(failure.code(), failure.getMessage());
        status = new ReplayStatus(Phase.WAITING, failure.getMessage(), status.position());
        if (stopRequested.await(settings.retryWait().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.info("Stopped while waiting source={}", settings.source());
        }
    }

    private void committed(ReplayPosition position) {
        status = new ReplayStatus(Phase.APPLYING, "", position);
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    /** Asks {@link #run} to end after the batch under way; returns at once. */
    public void stop() {
        stopRequested.countDown();
    }

    /** What it has done, for metrics and the progress topic. */
    public ProgressMeter progress() {
        return progress;
    }

    public ReplayStatus status() {
        return status;
    }
}
