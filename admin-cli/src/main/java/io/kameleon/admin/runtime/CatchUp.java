package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until everything that the source had committed before is in PostgreSQL: first the reader has to pass the source's place, then
 * replay the topic's end as of that moment.
 */
public final class CatchUp {
    private static final long PAUSE_MILLIS = 50;

    private final Installation installation;
    private final String source;
    private final long deadlineNanos;
    private final Duration timeout;
    /** Throws when the replica runs no more. */
    private final Optional<Runnable> running;

    public CatchUp(Installation installation, String source, Duration timeout) {
        this(installation, source, timeout, Optional.empty());
    }

    /** @param running throws why the replica runs no more; for who runs it and need not ask the catalogue */
    public CatchUp(Installation installation, String source, Duration timeout, Runnable running) {
        this(installation, source, timeout, Optional.of(running));
    }

    private CatchUp(Installation installation, String source, Duration timeout, Optional<Runnable> running) {
        this.installation = installation;
        this.source = source;
        this.running = running;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** @throws ReplicationException TIMED_OUT with what it waited for; WRONG_STATE when the replica does not run */
    public void await() throws InterruptedException {
        SourceSettings settings = Replica.settings(installation, source);
        BinlogCoordinates target;
        try (SourceServer server = SourceServer.connect(settings.address())) {
            target = new BinlogPositions(server).current().coordinates();
        }
        try (KafkaAccess kafka = awaitKafka()) {
            long end = awaitRead(kafka, settings, target);
            awaitReplay(end);
        }
    }

    private KafkaAccess awaitKafka() throws InterruptedException {
        while (true) {
            Optional<KafkaAccess> kafka = KafkaAccess.running(installation.config(), source);
            if (kafka.isPresent()) {
                return kafka.get();
            }
            requireRunning("the replica does not run on this machine");
            pause("the replica does not run on this machine");
        }
    }

    private long awaitRead(KafkaAccess kafka, SourceSettings settings, BinlogCoordinates target)
            throws InterruptedException {
        while (true) {
            ReadSide side = ReadSide.of(kafka, settings);
            Optional<BinlogCoordinates> at =
                    side.state().map(ReadState::position).map(p -> p.coordinates());
            boolean whole = side.state().filter(s -> s.recordsToSkip() == 0).isPresent();
            if (whole && at.isPresent() && !at.get().isBefore(target)) {
                return TopicEnd.written(
                        kafka.properties(),
                        settings.topics().rows(settings.source().name()));
            }
            String waiting = "the reader is at " + at.map(Object::toString).orElse("no position")
                    + ", the source was at " + target;
            requireRunning(waiting);
            pause(waiting);
        }
    }

    private void awaitReplay(long end) throws InterruptedException {
        Catalogue catalogue = installation.catalogue();
        while (true) {
            long next = catalogue
                    .read(connection -> new ReplayPositionStore().find(connection, source))
                    .map(ReplayPosition::nextOffset)
                    .orElse(0L);
            if (next >= end) {
                return;
            }
            String waiting = "replay is at offset " + next + " of " + end;
            requireRunning(waiting);
            pause(waiting);
        }
    }

    /** Leases are missing for an instant while a replica starts: only one that is gone for good ends the wait early. */
    private void requireRunning(String waiting) {
        if (running.isPresent()) {
            running.get().run();
            return;
        }
        List<Lease> live = installation.catalogue().read(connection -> RunningCheck.live(connection, source));
        if (live.isEmpty()) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The replica is not running: " + waiting,
                    Map.of("source", source),
                    "Start it with 'kameleon start_replica --source " + source + "'.");
        }
    }

    private void pause(String waiting) throws InterruptedException {
        if (System.nanoTime() > deadlineNanos) {
            throw new ReplicationException(
                    ErrorCode.TIMED_OUT,
                    "Not caught up within " + timeout.toSeconds() + " s: " + waiting,
                    Map.of("source", source),
                    "See 'kameleon show_status --source " + source + "', or wait longer.");
        }
        Thread.sleep(PAUSE_MILLIS);
    }
}
