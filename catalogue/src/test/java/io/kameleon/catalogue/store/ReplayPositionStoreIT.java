package io.kameleon.catalogue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.store.ReplayPosition.Batch;
import io.kameleon.catalogue.store.ReplayPositionStore.Beginning;
import io.kameleon.catalogue.store.ReplayPositionStore.Claim;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invariants 3 and 4: the position lives with the rows, and a stale replayer fails. */
class ReplayPositionStoreIT {
    private static final Instant COMMITTED = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final Claim CLAIM = new Claim("shop", 0, 0);
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final TableId ITEMS = new TableId("shop", "items");

    private final ReplayLaneStore lanes = new ReplayLaneStore();
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
            positions.advance(connection, CLAIM, 100, find().after(batch(150)));
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
            positions.advance(first, CLAIM, 100, start.after(batch(150)));

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

    @Test
    void aReplayThatBeginsFencesEveryEarlierOneThoughThePositionIsTheSame() {
        ReplayPosition start = find();
        Claim claim = begin();

        assertThatThrownBy(() -> advance(100, start.after(batch(150))))
                .hasMessage("WRITER_FENCED: The replay position belongs to another replay by now, at offset 100"
                        + " {source=shop, topic=kameleon.shop}. Another replayer has taken over, or the source was"
                        + " initialised or dropped meanwhile; this one stops.");
        assertThatThrownBy(() -> applied(CLAIM, 2, 150, ORDERS)).hasMessageStartingWith("WRITER_FENCED");
        assertThatThrownBy(() -> catalogue.read(connection -> positions.renew(connection, CLAIM)))
                .hasMessageStartingWith("WRITER_FENCED: Another replay of the source has begun");
        assertThat(ahead(100)).isEmpty();

        applied(claim, 2, 150, ORDERS);
        assertThat(ahead(100)).containsOnly(Map.entry(ORDERS, 150L));
    }

    @Test
    void tablesAreAheadOnlyUntilThePositionHasPassedThem() {
        applied(CLAIM, 2, 150, ORDERS, ITEMS);
        advance(100, find().after(batch(140)));
        assertThat(ahead(140)).containsOnly(Map.entry(ORDERS, 150L), Map.entry(ITEMS, 150L));
        advance(140, find().after(batch(150)));
        assertThat(ahead(150)).isEmpty();
    }

    @Test
    void aTableThatIsPutInPlaceIsNoLongerAheadAndLanesThatDoNotKnowOfItCommitNothing() {
        applied(CLAIM, 2, 150, ORDERS, ITEMS);
        catalogue.inTransaction(connection -> {
            positions.putInPlace(connection, "shop", ORDERS);
            return null;
        });
        assertThat(ahead(100)).containsOnly(Map.entry(ITEMS, 150L));
        assertThatThrownBy(() -> applied(CLAIM, 3, 150, ORDERS)).hasMessageStartingWith("TABLES_CHANGED");
        applied(catalogue.read(connection -> positions.renew(connection, CLAIM)), 3, 150, ORDERS);
    }

    @Test
    void aPositionThatIsStartedAnewHasNoTablesAhead() {
        applied(CLAIM, 2, 150, ORDERS);
        catalogue.inTransaction(connection -> {
            positions.start(connection, "shop", "kameleon.shop", "another-id", 0);
            return null;
        });
        assertThat(ahead(0)).isEmpty();
    }

    /** Who begins sees all that an earlier replay has committed, and that one commits nothing more. */
    @Test
    void aReplayThatBeginsWaitsForALaneThatIsJustCommitting() throws Exception {
        try (Connection lane = catalogue.connections().open("lane")) {
            lane.setAutoCommit(false);
            lanes.applied(lane, CLAIM, 2, find(), find().after(batch(150)), List.of(ORDERS));
            var begun = CompletableFuture.supplyAsync(this::begin);
            var seen = begun.thenApply(any -> ahead(100));
            assertThat(seen).isNotDone();
            lane.commit();
            assertThat(seen.orTimeout(30, TimeUnit.SECONDS).join()).containsOnlyKeys(ORDERS);
        }
    }

    private Claim begin() {
        return catalogue
                .<Optional<Beginning>>inTransaction(connection -> positions.begin(connection, "shop"))
                .orElseThrow()
                .claim();
    }

    private void applied(Claim claim, int lane, long until, TableId... tables) {
        catalogue.inTransaction(connection -> {
            lanes.applied(connection, claim, lane, find(), find().after(batch(until)), List.of(tables));
            return null;
        });
    }

    private Map<TableId, Long> ahead(long nextOffset) {
        return catalogue.read(connection -> lanes.ahead(connection, "shop", nextOffset));
    }

    private ReplayPosition find() {
        return catalogue
                .<Optional<ReplayPosition>>read(connection -> positions.find(connection, "shop"))
                .orElseThrow();
    }

    private void advance(long expected, ReplayPosition next) {
        catalogue.inTransaction(connection -> {
            positions.advance(connection, CLAIM, expected, next);
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
