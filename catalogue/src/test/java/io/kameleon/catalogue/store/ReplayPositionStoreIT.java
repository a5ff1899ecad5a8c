package io.kameleon.catalogue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.store.ReplayPosition.Batch;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invariants 3 and 4: the position lives with the rows, and a stale replayer fails. */
class ReplayPositionStoreIT {
    private static final Instant COMMITTED = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final ReplayPositionStore positions = new ReplayPositionStore();
    private Catalogue catalogue;

    @BeforeEach
    void migrate() {
        catalogue = Catalogue.open(TestDatabase.create());
        catalogue.migrate();
        catalogue.inTransaction(connection -> {
            StoreIT.addSource(connection, "shop", "shop");
            positions.start(connection, "shop", "kameleon.shop", "topic-id", 100);
            return null;
        });
    }

    @Test
    void aPositionAdvancesWithItsBatch() {
        ReplayPosition start = find();
        ReplayPosition next = start.after(batch(150));

        advance(100, next);
        advance(150, next.after(new Batch(160, Optional.empty(), "", Optional.empty(), 0, 0, 0)));

        ReplayPosition now = find();
        assertThat(now.nextOffset()).isEqualTo(160);
        assertThat(now.coordinates()).contains(new BinlogCoordinates("binlog.000007", 5_000_000_000L));
        assertThat(now.gtidSet()).isEqualTo("u:1-7");
        assertThat(now.sourceCommittedAt()).contains(COMMITTED);
        assertThat(now.rows()).isEqualTo(40);
        assertThat(now.transactions()).isEqualTo(5);
        assertThat(now.schemaChanges()).isEqualTo(1);
        assertThat(now.appliedAt()).isAfter(start.appliedAt());
    }

    @Test
    void aReplayerThatDidNotSeeTheLastBatchIsFenced() {
        ReplayPosition stale = find();
        advance(100, stale.after(batch(150)));

        assertThatThrownBy(() -> advance(100, stale.after(batch(140))))
                .hasMessage("WRITER_FENCED: The replay position is no longer at offset 100 {source=shop,"
                        + " topic=kameleon.shop}. Another replayer has taken over, or the source was initialised or dropped"
                        + " meanwhile; this one stops.");
        assertThat(find().nextOffset()).isEqualTo(150);
    }

    @Test
    void aReplayerOfATopicThatWasMadeAnewIsFenced() {
        ReplayPosition stale = find();
        catalogue.inTransaction(connection -> {
            positions.start(connection, "shop", "kameleon.shop", "another-id", 100);
            return null;
        });

        assertThatThrownBy(() -> advance(100, stale.after(batch(150)))).hasMessageStartingWith("WRITER_FENCED");
    }

    @Test
    void aRollbackTakesThePositionBackWithTheRows() throws SQLException {
        try (Connection connection = catalogue.connections().open("test")) {
            connection.setAutoCommit(false);
            positions.advance(connection, "shop", 100, 0, find().after(batch(150)));
            connection.rollback();
        }

        assertThat(find().nextOffset()).isEqualTo(100);
    }

    /** The second waits for the first one's transaction and then fails: never do both apply. */
    @Test
    void ofTwoReplayersAtOnceOneApplies() throws Exception {
        ReplayPosition start = find();
        try (Connection first = catalogue.connections().open("first")) {
            first.setAutoCommit(false);
            positions.advance(first, "shop", 100, 0, start.after(batch(150)));

            var second = CompletableFuture.runAsync(() -> advance(100, start.after(batch(160))));
            assertThat(second).isNotDone();
            first.commit();

            assertThatThrownBy(() -> second.orTimeout(30, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.WRITER_FENCED));
        }
        assertThat(find().nextOffset()).isEqualTo(150);
    }

    private ReplayPosition find() {
        return catalogue
                .<Optional<ReplayPosition>>read(connection -> positions.find(connection, "shop"))
                .orElseThrow();
    }

    private void advance(long expected, ReplayPosition next) {
        catalogue.inTransaction(connection -> {
            positions.advance(connection, "shop", expected, 0, next);
            return null;
        });
    }

    private static Batch batch(long nextOffset) {
        return new Batch(
                nextOffset,
                Optional.of(new BinlogCoordinates("binlog.000007", 5_000_000_000L)),
                "u:1-7",
                Optional.of(COMMITTED),
                40,
                5,
                1);
    }
}
