package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.ReadSide;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.consume.TableFollower.Stated;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How source, reader and topic stand to each other: what a copy beside the stream has to wait for. One thread only. */
final class StreamPlace {
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final KafkaAccess kafka;
    private final SourceSettings settings;
    private final Pauses pauses;

    StreamPlace(KafkaAccess kafka, SourceSettings settings, Pauses pauses) {
        this.kafka = kafka;
        this.settings = settings;
        this.pauses = pauses;
    }

    /**
     * Waits until read views of the source see everything up to where the definition was stated: a commit is in the binlog an instant
     * before it is visible.
     *
     * @return how the copy takes care that it holds for its own views
     */
    ResumeBy awaitVisible(SourceServer server, Stated stated) throws InterruptedException {
        var positions = new BinlogPositions(server);
        if (server.facts().isMariaDb()) {
            await(
                    "the source shows what its binlog has",
                    () -> !positions.start().coordinates().isBefore(stated.at()));
            return ResumeBy.GTID;
        }
        String gtidSet = side().state().map(s -> s.position().gtidSet()).orElse("");
        if (gtidSet.isEmpty() || !server.facts().gtidMode().isComplete()) {
            return ResumeBy.COORDINATES;
        }
        await("the source shows what its binlog has", () -> positions.sees(gtidSet));
        return ResumeBy.GTID;
    }

    /**
     * Waits until the reader has passed the point.
     *
     * @return an offset of the topic: the records before it have all that the source had committed up to the point
     */
    long awaitRead(SourcePosition point) throws InterruptedException {
        var end = new long[] {-1};
        await("the reader reaches " + point.coordinates(), () -> {
            ReadSide side = side();
            Optional<ReadState> state = side.state().filter(s -> s.recordsToSkip() == 0);
            state.ifPresent(s -> requireSameServer(s.position(), point));
            boolean passed = state.filter(s -> !s.position().coordinates().isBefore(point.coordinates()))
                    .isPresent();
            end[0] = passed ? side.endOffset().orElse(-1L) : -1;
            return end[0] >= 0;
        });
        return end[0];
    }

    private static void requireSameServer(SourcePosition read, SourcePosition point) {
        if (!read.serverUuid().equals(point.serverUuid())) {
            throw new ReplicationException(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "The source's server changed while the table was copied",
                    Map.of(),
                    "The copy starts over by itself.");
        }
    }

    private ReadSide side() {
        return ReadSide.of(kafka, settings);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ReplicationException(
                        ErrorCode.SOURCE_UNREACHABLE,
                        "Waited in vain until " + what,
                        Map.of("seconds", WAIT_MAX.toSeconds()),
                        "It is tried again by itself; see whether the reader runs.");
            }
            pauses.pause(Duration.ofMillis(200));
        }
    }
}
