package io.kameleon.catalogue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import io.kameleon.catalogue.store.CopyRange.Bounds;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test runs in a transaction that is rolled back. */
class StoreIT {
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final TableId ITEMS = new TableId("shop", "items");
    private static final BinlogCoordinates AT = new BinlogCoordinates("binlog.000042", 5_000_000_000L);

    private static Catalogue catalogue;

    private final SourceStore sources = new SourceStore();
    private final TableStore tables = new TableStore();
    private Connection connection;

    @BeforeAll
    static void migrate() {
        catalogue = Catalogue.open(TestDatabase.create());
        catalogue.migrate();
    }

    @BeforeEach
    void begin() throws SQLException {
        connection = catalogue.connections().open("test");
        connection.setAutoCommit(false);
        addSource(connection, "shop", "shop_copy");
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    static void addSource(Connection connection, String name, String destination) throws SQLException {
        new SourceStore().add(connection, name, SourceKind.MYSQL, "print", Map.of("shop", destination));
    }

    @Test
    void aSourceGoesThroughItsStates() throws SQLException {
        ReplicaSource added = sources.get(connection, "shop");
        assertThat(added.status()).isEqualTo(Status.ADDED);
        assertThat(added.desiredState())
                .as("services work for what is copied, unless they are told not to")
                .isEqualTo(DesiredState.RUNNING);
        assertThat(added.initialisedAt()).isEmpty();

        sources.setServerUuid(connection, "shop", "uuid");
        sources.setStatus(connection, "shop", Status.INITIALISED);
        ReplicaSource initialised = sources.get(connection, "shop");
        assertThat(initialised.initialisedAt()).isPresent();
        assertThat(initialised.serverUuid()).isEqualTo("uuid");
        sources.setDesiredState(connection, "shop", DesiredState.STOPPED);
        assertThat(sources.list(connection))
                .extracting(ReplicaSource::desiredState)
                .containsExactly(DesiredState.STOPPED);
    }

    /** DEMAND F68. */
    @Test
    void eachSideKeepsItsOwnFailure() throws SQLException {
        var failures = new FailureStore();
        failures.record(connection, "shop", Role.READER, ErrorCode.BINLOG_PURGED, "gone");
        failures.record(connection, "shop", Role.REPLAY, ErrorCode.TOPIC_TRUNCATED, "first");
        failures.record(connection, "shop", Role.REPLAY, ErrorCode.WRITER_FENCED, "second");
        assertThat(failures.list(connection, "shop"))
                .extracting(SideFailure::role, SideFailure::code, SideFailure::reason)
                .containsExactly(
                        tuple(Role.READER, "BINLOG_PURGED", "gone"), tuple(Role.REPLAY, "WRITER_FENCED", "second"));

        failures.clear(connection, "shop", List.of(Role.REPLAY));
        assertThat(failures.list(connection, "shop"))
                .extracting(SideFailure::role)
                .containsExactly(Role.READER);

        sources.setDesiredState(connection, "shop", DesiredState.RUNNING);
        assertThat(failures.list(connection, "shop")).isEmpty();
    }

    @Test
    void aSourceIsAddedOnceAndItsDestinationsAreItsOwn() {
        assertThatThrownBy(() -> addSource(connection, "shop", "elsewhere"))
                .hasMessage(
                        "WRONG_STATE: The source is in the catalogue already {source=shop}. Run 'kameleon drop_source"
                                + " --source shop' first, or leave it as it is.");
        assertThatThrownBy(() -> addSource(connection, "second", "shop_copy"))
                .hasMessageStartingWith(
                        "MAPPING_CONFLICT: The destination schema 'shop_copy' is taken by the source" + " 'shop'")
                .hasMessageContaining("source=second");
    }

    @Test
    void mappingsAreReplacedAsAWhole() throws SQLException {
        addSource(connection, "second", "second_copy");

        sources.replaceMappings(connection, "shop", Map.of("shop", "renamed", "crm", "shop_copy"));
        assertThat(sources.mappings(connection, "shop")).isEqualTo(Map.of("shop", "renamed", "crm", "shop_copy"));
        assertCode(
                ErrorCode.MAPPING_CONFLICT,
                () -> sources.replaceMappings(connection, "shop", Map.of("shop", "second_copy")));
        assertThat(sources.mappings(connection, "nobody")).isEmpty();
    }

    @Test
    void droppingASourceTakesAllThatBelongsToIt() throws SQLException {
        tables.put(connection, "shop", ORDERS, "shop_copy", "orders", State.COPYING);
        new ReplayPositionStore().start(connection, "shop", "t", "id", 0);
        long logid = new ErrorStore().add(connection, error(Optional.of(ORDERS)));
        new DiscardedRowStore().add(connection, discarded(logid, Optional.of("{}"), Optional.empty()));
        new CopyRangeStore().plan(connection, "shop", ORDERS, List.of(Bounds.ALL));

        sources.drop(connection, "shop");

        assertThat(sources.find(connection, "shop")).isEmpty();
        assertThat(tables.list(connection, "shop")).isEmpty();
        assertThat(new ErrorStore().get(connection, logid)).isEmpty();
        assertCode(ErrorCode.SOURCE_UNKNOWN, () -> sources.drop(connection, "shop"));
        assertCode(ErrorCode.SOURCE_UNKNOWN, () -> sources.setStatus(connection, "shop", Status.SYNCING));
    }

    @Test
    void aTableIsCopiedReplicatedAndDisabled() throws SQLException {
        tables.put(connection, "shop", ORDERS, "shop_copy", "orders", State.COPYING);
        assertThat(table(ORDERS).isConsistentAt(AT)).isFalse();

        tables.markReplicated(connection, "shop", ORDERS, new ConsistentPoint(AT, "u:1-9"), 1000);
        assertThat(table(ORDERS).state()).isEqualTo(State.REPLICATED);
        assertThat(table(ORDERS).consistentPoint()).contains(new ConsistentPoint(AT, "u:1-9"));
        assertThat(table(ORDERS).rowsCopied()).isEqualTo(1000);
        assertThat(table(ORDERS).isConsistentAt(AT)).isTrue();
        assertThat(table(ORDERS).isConsistentAt(new BinlogCoordinates("binlog.000041", 4)))
                .isFalse();

        var reason = new Reason("COLUMN_MISSING", "no column");
        assertThat(tables.disable(connection, "shop", ORDERS, reason)).isEqualTo(1);
        assertThat(tables.disable(connection, "shop", ORDERS, new Reason("INTERNAL", "later")))
                .isZero();
        assertThat(tables.disable(connection, "shop", ITEMS, reason)).isZero();
        assertThat(table(ORDERS).reason()).contains(reason);
        assertThat(tables.countByState(connection, "shop")).isEqualTo(Map.of(State.DISABLED, 1L));

        tables.put(connection, "shop", ORDERS, "shop_copy", "orders", State.COPYING);
        assertThat(table(ORDERS).reason()).isEmpty();
        assertThat(table(ORDERS).consistentPoint()).isEmpty();
    }

    @Test
    void manyTablesAreWrittenTogether() throws SQLException {
        var placed = IntStream.range(0, 3000)
                .mapToObj(i -> new TableStore.Placed(new TableId("shop", "t" + i), "shop_copy", "t" + i))
                .toList();
        tables.putAll(connection, "shop", placed, State.COPYING);
        tables.putAll(connection, "shop", placed, State.COPYING);
        assertThat(tables.countByState(connection, "shop")).isEqualTo(Map.of(State.COPYING, 3000L));

        var copied = placed.subList(0, 2000).stream()
                .map(p -> new TableStore.Copied(
                        p.table(), new ConsistentPoint(AT, "u:1-9"), p.hashCode() & 7, (p.hashCode() & 1) == 1))
                .toList();
        assertThat(tables.markReplicated(connection, "shop", copied)).isEqualTo(2000);
        assertThat(tables.countByState(connection, "shop"))
                .isEqualTo(Map.of(State.COPYING, 1000L, State.REPLICATED, 2000L));
        assertThat(table(copied.get(8).table()).exact()).isEqualTo(copied.get(8).exact());
        assertThat(table(copied.get(7).table()).rowsCopied())
                .isEqualTo(copied.get(7).rows());
        assertThat(table(copied.get(7).table()).consistentPoint()).contains(new ConsistentPoint(AT, "u:1-9"));

        assertThat(tables.removeAll(connection, "shop")).isEqualTo(3000);
        tables.putAll(connection, "shop", List.of(), State.COPYING);
        assertThat(tables.list(connection, "shop")).isEmpty();
    }

    @Test
    void countsAddUpInOneStatementAlsoWhenATableComesTwice() throws SQLException {
        tables.putCreated(connection, "shop", ORDERS, "shop_copy", "orders");
        tables.putCreated(connection, "shop", ITEMS, "shop_copy", "items");

        tables.addCounts(
                connection,
                "shop",
                List.of(
                        new TableCounts(ORDERS, 1, 2, 3, 4, 5, 6),
                        new TableCounts(ITEMS, 10, 0, 0, 0, 0, 0),
                        new TableCounts(ORDERS, 100, 0, 0, 0, 0, 0)));
        tables.addCounts(connection, "shop", List.of(new TableCounts(ORDERS, 0, 0, 0, 0, 0, 1)));
        tables.addCounts(connection, "shop", List.of());

        assertThat(table(ORDERS).counts()).isEqualTo(new TableCounts(ORDERS, 101, 2, 3, 4, 5, 7));
        assertThat(table(ITEMS).counts().rows()).isEqualTo(10);
        assertThat(table(ITEMS).lastChangeAt()).isPresent();
    }

    @Test
    void aRenamedTableKeepsItsCounts() throws SQLException {
        tables.putCreated(connection, "shop", ORDERS, "shop_copy", "orders");
        tables.addCounts(connection, "shop", List.of(new TableCounts(ORDERS, 7, 0, 0, 0, 0, 0)));

        tables.rename(connection, "shop", ORDERS, ITEMS, "shop_copy", "items");

        assertThat(tables.find(connection, "shop", ORDERS)).isEmpty();
        assertThat(table(ITEMS).counts().inserts()).isEqualTo(7);
        assertThat(tables.remove(connection, "shop", ITEMS)).isEqualTo(1);
    }

    @Test
    void errorsAndDiscardedRowsAreKeptWhole() throws SQLException {
        var errors = new ErrorStore();
        var rows = new DiscardedRowStore();
        long first = errors.add(connection, error(Optional.of(ORDERS)));
        long second = errors.add(connection, error(Optional.empty()));
        byte[] raw = {0, 1, 2};
        rows.add(connection, discarded(first, Optional.of("{\"id\": 5}"), Optional.empty()));
        rows.add(connection, discarded(first, Optional.empty(), Optional.of(raw)));

        assertThat(errors.list(connection, "shop", 10))
                .extracting(LoggedError::logid)
                .containsExactly(second, first);
        assertThat(errors.get(connection, first)).map(LoggedError::entry).contains(error(Optional.of(ORDERS)));
        assertThat(errors.count(connection, "shop")).isEqualTo(2);
        assertThat(rows.ofError(connection, first, 10))
                .extracting(DiscardedRow::entry)
                .containsExactly(
                        discarded(first, Optional.of("{\"id\": 5}"), Optional.empty()),
                        discarded(first, Optional.empty(), Optional.of(raw)));
        assertThat(rows.count(connection, "shop")).isEqualTo(2);
        assertThat(rows.list(connection, "shop", 1).toString()).doesNotContain("5}");
    }

    /** F57: a statement of the source may hold what PostgreSQL's text cannot. */
    @Test
    void aNulInAStatementDoesNotLoseTheError() throws SQLException {
        var entry = new LoggedError.Entry(
                "shop",
                Optional.empty(),
                "INTERNAL",
                Optional.empty(),
                "m",
                Optional.of("a\0b"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());

        long logid = new ErrorStore().add(connection, entry);

        assertThat(new ErrorStore().get(connection, logid).orElseThrow().entry().statement())
                .contains("a\uFFFDb");
    }

    /** F33: a copy that was cut off goes on at the first pending range. */
    @Test
    void rangesAreFinishedOnce() throws SQLException {
        var ranges = new CopyRangeStore();
        ranges.plan(
                connection,
                "shop",
                ORDERS,
                List.of(
                        new Bounds(Optional.empty(), Optional.of("[10]")),
                        new Bounds(Optional.of("[10]"), Optional.empty())));

        ranges.finish(connection, "shop", ORDERS, 0, 10, Optional.of(AT));

        List<CopyRange> listed = ranges.list(connection, "shop", ORDERS);
        assertThat(listed)
                .extracting(CopyRange::state)
                .containsExactly(CopyRange.State.COPIED, CopyRange.State.PENDING);
        assertThat(listed.get(0).coordinates()).contains(AT);
        assertThat(listed.get(1).bounds().lower()).contains("[10]");
        assertCode(ErrorCode.WRITER_FENCED, () -> ranges.finish(connection, "shop", ORDERS, 0, 10, Optional.of(AT)));
        ranges.clear(connection, "shop");
        assertThat(ranges.list(connection, "shop", ORDERS)).isEmpty();
    }

    private ReplicaTable table(TableId id) throws SQLException {
        return tables.find(connection, "shop", id).orElseThrow();
    }

    private static LoggedError.Entry error(Optional<TableId> table) {
        return new LoggedError.Entry(
                "shop",
                table,
                "ROW_REFUSED",
                Optional.of("23502"),
                "refused",
                Optional.of("INSERT"),
                Optional.of(AT),
                Optional.of("kameleon.shop"),
                OptionalLong.of(17));
    }

    private static DiscardedRow.Entry discarded(long logid, Optional<String> json, Optional<byte[]> raw) {
        return new DiscardedRow.Entry(
                logid, "shop", ORDERS, 'c', json, raw, Optional.of("kameleon.shop"), OptionalLong.of(17));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
