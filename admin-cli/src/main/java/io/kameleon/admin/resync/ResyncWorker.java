package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.process.Tenure;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.replay.ddl.TableSwap;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through a source's queue of tables to copy again, one at a time, as long as no other process does. Never ends by itself and
 * never harms the stream: what fails is tried again, after growing waits, and given up in the end.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} is for any.
 */
public final class ResyncWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ResyncWorker.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WAIT_AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    /** Failures that do not come from a server being away. */
    private static final int FAILURES_MAX = 8;

    /** What another attempt cannot mend. */
    private static final Set<ErrorCode> FINAL = EnumSet.of(
            ErrorCode.TABLE_UNKNOWN,
            ErrorCode.TYPE_UNSUPPORTED,
            ErrorCode.STATEMENT_UNSUPPORTED,
            ErrorCode.NAME_CONFLICT,
            ErrorCode.TABLE_TOO_WIDE,
            ErrorCode.COLUMN_MISSING);

    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final KafkaAccess kafka;
    private final String source;
    private final Pauses pauses = new Pauses();
    private final ResyncStore store = new ResyncStore();
    private final AtomicReference<Thread> thread = new AtomicReference<>();

    public ResyncWorker(Catalogue catalogue, SourceSettings settings, KafkaAccess kafka) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.kafka = kafka;
        this.source = settings.source().name();
    }

    /** Until {@link #stop()}. */
    @Override
    public void run() {
        runWhile(() -> true);
    }

    /** Until {@link #stop()}, or until no table is under way and the condition does not hold any more. */
    public void runWhile(BooleanSupplier wanted) {
        thread.set(Thread.currentThread());
        while (!pauses.isStopping() && wanted.getAsBoolean()) {
            try {
                hold(wanted);
            } catch (InterruptedException e) {
                LOG.debug("Stopped source={}", source);
                return;
            } catch (ReplicationException e) {
                LOG.warn("Tables cannot be copied again now source={} cause=\"{}\"", source, e.getMessage());
                pauseAfterTrouble();
            }
        }
    }

    /** An attempt under way when the lease is lost ends by itself: who has the lease then makes another one the valid attempt. */
    private void hold(BooleanSupplier wanted) throws InterruptedException {
        var lost = new AtomicBoolean();
        try (Leases lease = takeLease(lost)) {
            try (Connection connection = catalogue.connections().open("resync-queue-" + source)) {
                while (!pauses.isStopping() && !lost.get() && wanted.getAsBoolean()) {
                    if (!workOne(connection)) {
                        pauses.pause(LOOK);
                    }
                }
            } catch (SQLException e) {
                throw PgErrors.translate(e, "The queue cannot be read", Map.of("source", source));
            } finally {
                pauses.clearInterrupt();
            }
        }
    }

    private Leases takeLease(AtomicBoolean lost) throws InterruptedException {
        while (true) {
            try {
                return Leases.take(catalogue, source, List.of(Role.RESYNC), cause -> {
                    LOG.warn("Another process copies tables again source={} cause=\"{}\"", source, cause.getMessage());
                    lost.set(true);
                });
            } catch (ReplicationException e) {
                if (e.code() != ErrorCode.ALREADY_RUNNING) {
                    throw e;
                }
                pauses.pause(WAIT_AFTER_TROUBLE);
            }
        }
    }

    private void pauseAfterTrouble() {
        try {
            pauses.pause(WAIT_AFTER_TROUBLE);
        } catch (InterruptedException e) {
            LOG.debug("Stopped while waiting source={}", source);
        }
    }

    /** @return whether there was one */
    private boolean workOne(Connection connection) throws SQLException, InterruptedException {
        String attempt = UUID.randomUUID().toString();
        connection.setAutoCommit(false);
        Optional<Resync> next = store.claim(connection, source, attempt);
        connection.commit();
        connection.setAutoCommit(true);
        if (next.isEmpty()) {
            return false;
        }
        Resync claimed = next.get();
        try {
            dropLeftOver(claimed.loadingSchema(), connection);
            SourceSettings current = settings.withMappings(Tenure.mappings(catalogue, source));
            new TableResync(catalogue, current, kafka, pauses, claimed.table(), attempt, needsOneMoment(claimed)).run();
        } catch (ReplicationException e) {
            requireGoingOn();
            failed(claimed, attempt, e, connection);
        } catch (RuntimeException e) {
            requireGoingOn();
            LOG.error("A fault of the program source={} table={}", source, claimed.table(), e);
            failed(claimed, attempt, fault(claimed.table(), e), connection);
        }
        return true;
    }

    /** Events that lack columns cannot be repeated over a copy in ranges; over one of a single moment none is repeated. */
    private static boolean needsOneMoment(Resync claimed) {
        return claimed.lastFailure()
                .filter(text -> text.startsWith(ErrorCode.ROW_IMAGE_INCOMPLETE.name()))
                .isPresent();
    }

    /** What fails while the work is being stopped is no failure. */
    private void requireGoingOn() throws InterruptedException {
        if (pauses.isStopping()) {
            throw new InterruptedException("stopped");
        }
    }

    private ReplicationException fault(TableId table, RuntimeException cause) {
        return new ReplicationException(
                ErrorCode.INTERNAL,
                "Copying the table again failed by a fault of the program: "
                        + cause.getClass().getSimpleName(),
                Map.of("source", source, "table", table),
                "Report this with the log.",
                cause);
    }

    private static void dropLeftOver(String loadingSchema, Connection connection) {
        if (!loadingSchema.isEmpty()) {
            TableSwap.dropSchema(connection, loadingSchema);
        }
    }

    private void failed(Resync claimed, String attempt, ReplicationException cause, Connection connection)
            throws SQLException {
        TableId table = claimed.table();
        boolean away = cause.code().handling() == Handling.RETRY;
        int failures = claimed.failures() + 1;
        if (FINAL.contains(cause.code()) || !away && failures >= FAILURES_MAX) {
            LOG.error(
                    "Table not copied again, given up source={} table={} cause=\"{}\"",
                    source,
                    table,
                    cause.getMessage());
            store.giveUp(connection, source, table, attempt, cause.getMessage());
        } else {
            Duration wait = waitAfter(failures);
            LOG.warn(
                    "Table not copied again yet source={} table={} wait={} cause=\"{}\"",
                    source,
                    table,
                    wait,
                    cause.getMessage());
            store.failed(connection, source, table, attempt, cause.getMessage(), wait);
        }
    }

    private static Duration waitAfter(int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - 1, 16));
        return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
    }

    /** Asks {@link #run} to end; what is under way is begun anew at the next start. Returns at once. */
    public void stop() {
        pauses.stop();
        Optional.ofNullable(thread.get()).ifPresent(Thread::interrupt);
    }
}
