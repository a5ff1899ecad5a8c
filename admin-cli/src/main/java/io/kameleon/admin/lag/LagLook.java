package io.kameleon.admin.lag;

import io.kameleon.admin.lag.WaitingRecords.Waiting;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.ReadSide;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.FailureStore;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.BinlogFile;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.service.ReaderSetup;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at source, Kafka and catalogue, in this order, so that what is newer is never taken for a lead: how far behind is the
 * replica? What cannot be reached is left empty. Thread-safe.
 */
public final class LagLook {
    private static final long ON_ITS_WAY_NANOS = Duration.ofMillis(1500).toNanos();

    private final Installation installation;
    private final Clock clock;

    public LagLook(Installation installation, Clock clock) {
        this.installation = installation;
        this.clock = clock;
    }

    /** Where the source's log ends, and its files. */
    private record SourceEnd(
            BinlogCoordinates at,
            String gtidSet,
            List<BinlogFile> files,
            Optional<Double> keepsSeconds,
            Optional<Double> clockOffset) {}

    /** What the catalogue knows. */
    private record Known(ReplicaSource source, SourceStatus.Phase phase, Optional<ReplayPosition> replay) {
        boolean reads() {
            return phase == SourceStatus.Phase.RUNNING || phase == SourceStatus.Phase.READING;
        }
    }

    /** @throws ReplicationException DESTINATION_UNREACHABLE, SOURCE_UNKNOWN: nothing can be said without the catalogue */
    public SourceLag at(String source) {
        Optional<SourceEnd> end = sourceEnd(source);
        Known known = installation.catalogue().read(connection -> known(connection, source));
        Optional<ReadSide> read = Optional.empty();
        Optional<Waiting> waiting = Optional.empty();
        try (var kafka = KafkaAccess.running(installation.config(), source).orElse(null)) {
            if (kafka != null) {
                var settings = new SourceSettings(installation.config(), installation.source(source));
                ReadSide side = readSide(kafka, settings, known, end);
                read = Optional.of(side);
                waiting = waiting(kafka, settings, known, side);
            }
        } catch (ReplicationException e) {
            // Shown as not known.
        }
        return lag(known, end, read, waiting);
    }

    private Optional<SourceEnd> sourceEnd(String source) {
        try (SourceServer server = SourceServer.connect(ReaderSetup.address(installation.source(source)))) {
            var positions = new BinlogPositions(server);
            SourcePosition now = positions.current();
            return Optional.of(new SourceEnd(
                    now.coordinates(),
                    now.gtidSet(),
                    positions.binlogFiles(),
                    keepsSeconds(server),
                    clockOffset(server)));
        } catch (ReplicationException e) {
            return Optional.empty();
        }
    }

    /** Empty when it keeps its log until somebody removes it, or is too old to tell in seconds. */
    private static Optional<Double> keepsSeconds(SourceServer server) {
        try {
            String seconds = server.value("SELECT @@GLOBAL.binlog_expire_logs_seconds");
            return Optional.ofNullable(seconds).map(Double::valueOf).filter(value -> value > 0);
        } catch (ReplicationException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As exact as half the time of the question's way. */
    private Optional<Double> clockOffset(SourceServer server) {
        try {
            long asked = clock.millis();
            String seconds = server.value("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) AS CHAR)");
            double between = (asked + clock.millis()) / 2.0;
            return Optional.of(Double.parseDouble(seconds) - between / 1000.0);
        } catch (ReplicationException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Waiting> waiting(KafkaAccess kafka, SourceSettings settings, Known known, ReadSide side) {
        if (known.replay().isEmpty() || side.endOffset().isEmpty()) {
            return Optional.empty();
        }
        String name = known.source().name();
        return Optional.of(new WaitingRecords(kafka)
                .find(
                        settings.topics().rows(name),
                        known.replay().get().nextOffset(),
                        side.endOffset().get(),
                        clock.millis()));
    }

    private SourceLag lag(Known known, Optional<SourceEnd> end, Optional<ReadSide> side, Optional<Waiting> waiting) {
        Optional<ReadState> read = side.flatMap(ReadSide::state);
        Optional<Double> readSeconds = readSeconds(known, end, read);
        return new SourceLag(
                known.source().name(),
                known.phase().text(),
                waiting.map(Waiting::count),
                waiting.map(Waiting::exact).orElse(false),
                readSeconds,
                waiting.map(w -> w.oldestMillis().map(this::ageSeconds).orElse(0.0)),
                bytes(known, end, read, waiting),
                end.flatMap(SourceEnd::keepsSeconds).flatMap(keeps -> readSeconds.map(lag -> keeps - lag)),
                end.flatMap(SourceEnd::clockOffset),
                unreadTransactions(end, read),
                waiting.map(Waiting::tables).orElse(List.of()));
    }

    private static Known known(Connection connection, String source) throws SQLException {
        ReplicaSource registered = new SourceStore().get(connection, source);
        SourceStatus.Phase phase = SourceStatus.phase(
                registered, RunningCheck.all(connection, source), new FailureStore().list(connection, source));
        return new Known(registered, phase, new ReplayPositionStore().find(connection, source));
    }

    /** The age of the last event that was read is right in a backlog, and too much only for the instant after a long silence. */
    private Optional<Double> readSeconds(Known known, Optional<SourceEnd> end, Optional<ReadState> read) {
        if (end.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        ReadState state = read.get();
        if (hasAll(state, end.get())) {
            return Optional.of(0.0);
        }
        long lastEvent = state.lastEventMillis() > 0
                ? state.lastEventMillis()
                : known.source().initialisedAt().map(Instant::toEpochMilli).orElse(clock.millis());
        return Optional.of(ageSeconds(lastEvent));
    }

    private static OptionalLong unreadTransactions(Optional<SourceEnd> end, Optional<ReadState> read) {
        if (end.isEmpty() || read.isEmpty()) {
            return OptionalLong.empty();
        }
        return GtidCount.between(read.get().position().gtidSet(), end.get().gtidSet());
    }

    private static boolean hasAll(ReadState state, SourceEnd end) {
        return !state.position().coordinates().isBefore(end.at());
    }

    /**
     * What the reader has, with a moment for what is on its way: a reader that comes to the end that was seen has all that had been
     * committed at this look, and one that does not is behind.
     */
    private static ReadSide readSide(KafkaAccess kafka, SourceSettings settings, Known known, Optional<SourceEnd> end) {
        ReadSide side = ReadSide.of(kafka, settings);
        long deadline = System.nanoTime() + ON_ITS_WAY_NANOS;
        while (known.reads()
                && end.isPresent()
                && side.state().filter(state -> !hasAll(state, end.get())).isPresent()
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(ON_ITS_WAY_NANOS / 5);
            side = ReadSide.of(kafka, settings);
        }
        return side;
    }

    private static Optional<Long> bytes(
            Known known, Optional<SourceEnd> end, Optional<ReadState> read, Optional<Waiting> waiting) {
        boolean drained = waiting.isPresent() && waiting.get().count() == 0;
        Optional<BinlogCoordinates> reached = drained && read.isPresent()
                ? read.map(state -> state.position().coordinates())
                : known.replay().flatMap(ReplayPosition::coordinates);
        return end.flatMap(e -> reached.flatMap(at -> BinlogDistance.bytes(e.files(), at, e.at())));
    }

    private double ageSeconds(long millis) {
        return Math.max(0, clock.millis() - millis) / 1000.0;
    }
}
