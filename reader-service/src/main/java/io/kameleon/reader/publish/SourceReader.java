package io.kameleon.reader.publish;

import io.kameleon.reader.publish.ReaderStatus.Phase;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.record.Side;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source's topic up with its binlog, over lost connections, until it is stopped or must not go on.
 *
 * <p>{@link #run} belongs to one thread, whose name should say the role; the others are thread-safe.
 */
public final class SourceReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

    private final ReaderSettings settings;
    private final ReadSessions sessions;
    private final ProgressMeter progress;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private volatile ReaderStatus status = new ReaderStatus(Phase.STARTING, "", null);

    public SourceReader(ReaderSettings settings) {
        this.settings = settings;
        this.progress = new ProgressMeter(settings.source(), Side.READ, settings.clock());
        this.sessions = new ReadSessions(settings, progress);
    }

    /**
     * Reads until {@link #stop()}.
     *
     * @throws ReplicationException that forbids to go on: with {@code on_error_read: exit} any, otherwise those that no waiting
     *     mends
     */
    @Override
    public void run() {
        try {
            while (!isStopping()) {
                readUntilFailure();
            }
            status = new ReaderStatus(Phase.STOPPED, "", status.state());
        } catch (ReplicationException e) {
            progress.error(e.code(), e.getMessage());
            status = new ReaderStatus(Phase.STOPPED, e.getMessage(), status.state());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = new ReaderStatus(Phase.STOPPED, "interrupted", status.state());
        } finally {
            progress.stopped();
        }
    }

    private void readUntilFailure() throws InterruptedException {
        try (var session = sessions.open(this::committed)) {
            LOG.info("Reading source={} from={}", settings.source(), session.start());
            session.run(this::isStopping);
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.RETRY || settings.exitOnError()) {
                throw e;
            }
            waitAfter(e);
        }
    }

    private void waitAfter(ReplicationException failure) throws InterruptedException {
        if (status.phase() != Phase.WAITING) {
            LOG.warn("Reading waits source={} cause=\"{}\"", settings.source(), failure.getMessage());
        }
        progress.waiting(failure.code(), failure.getMessage());
        status = new ReaderStatus(Phase.WAITING, failure.getMessage(), status.state());
        Duration wait = settings.retryWait();
        if (stopRequested.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.info("Stopped while waiting source={}", settings.source());
        }
    }

    private void committed(ReadState state) {
        status = new ReaderStatus(Phase.READING, "", state);
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    /** Asks {@link #run} to end at the next transaction; returns at once. */
    public void stop() {
        stopRequested.countDown();
    }

    /** What it has done, for metrics and the progress topic. */
    public ProgressMeter progress() {
        return progress;
    }

    public ReaderStatus status() {
        return status;
    }
}
