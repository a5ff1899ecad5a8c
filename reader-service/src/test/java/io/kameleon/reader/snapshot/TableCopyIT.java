package io.kameleon.reader.snapshot;

import static io.kameleon.reader.snapshot.SnapshotTables.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TestSources;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableCopyIT {
    private static final String SCHEMA = "kameleon_copy_it";
    private static final int ROWS = 2000;
    private static final LockLimits SHORT = new LockLimits(Duration.ofSeconds(1), 1, Duration.ZERO);

    static Stream<SourceAddress> sources() {
        return TestSources.all().stream();
    }

    /** Invariant 1: rows that were there at the start are read once, whatever is inserted meanwhile. */
    @ParameterizedTest
    @MethodSource("sources")
    void rangesUnderInsertsHoldEachEarlierRowOnce(SourceAddress address) throws Exception {
        try (var tables = new SnapshotTables(SCHEMA, address)) {
            TableDefinition table = keyed(tables);
            SourcePosition start = new BinlogPositions(tables.server()).start();
            var options = TableCopy.Options.DEFAULT.withRangeSize(new RangeSize(100, 1L << 40));
            var sink = new SnapshotTables.Numbers();
            TableSnapshot snapshot;
            try (var writer = new Writer(tables, "t", "-");
                    SourceServer session = tables.server().another()) {
                TableCopy copy = TableCopy.open(tables.server(), table, options);
                for (Optional<KeyRange> range = copy.next(); range.isPresent(); range = copy.next()) {
                    writer.awaitMore();
                    copy.read(range.get(), session, new SnapshotTables.NumberEncoder(), sink);
                }
                snapshot = copy.finish();
            }
            assertThat(new HashSet<>(sink.numbers)).hasSameSizeAs(sink.numbers);
            assertThat(sink.numbers)
                    .containsAll(IntStream.rangeClosed(1, ROWS).boxed().toList());
            assertThat(snapshot.rows()).isEqualTo(sink.numbers.size());
            assertThat(snapshot.exactness()).isEqualTo(TableSnapshot.Exactness.UP_TO);
            assertThat(start.coordinates().isBefore(snapshot.consistentPoint().coordinates()))
                    .isTrue();
            assertThat(snapshot.lockMillis()).isZero();
        }
    }

    /** F42: a keyless table's copy holds the events up to its consistent point, and none after it. */
    @ParameterizedTest
    @MethodSource("sources")
    void keylessCopyHoldsExactlyTheEventsUpToItsPoint(SourceAddress address) throws Exception {
        try (var tables = new SnapshotTables(SCHEMA, address)) {
            tables.create("t", "k INT NOT NULL", "", "");
            assertExact(tables, tables.server().facts().isMariaDb() ? CopyMethod.SNAPSHOT : CopyMethod.BRIEF_LOCK);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void engineWithoutReadViewsIsReadUnderItsLock(SourceAddress address) throws Exception {
        try (var tables = new SnapshotTables(SCHEMA, address)) {
            tables.create("t", "k INT NOT NULL", "", "ENGINE = MyISAM");
            assertExact(tables, CopyMethod.LOCKED);
        }
    }

    private static void assertExact(SnapshotTables tables, CopyMethod method) throws Exception {
        TableDefinition table = tables.definition("t", List.of(), column("k", TypeKind.INT, false, ""));
        for (int round = 0; round < 5; round++) {
            tables.server().execute("TRUNCATE TABLE " + tables.name("t"));
            SourcePosition start = new BinlogPositions(tables.server()).current();
            var sink = new SnapshotTables.Numbers();
            TableSnapshot snapshot;
            try (var writer = new Writer(tables, "t", "");
                    SourceServer session = tables.server().another()) {
                writer.awaitMore();
                TableCopy copy = TableCopy.open(tables.server(), table, TableCopy.Options.DEFAULT);
                assertThat(copy.method()).isEqualTo(method);
                KeyRange whole = copy.next().orElseThrow();
                copy.read(whole, session, new SnapshotTables.NumberEncoder(), sink);
                assertThat(copy.next()).isEmpty();
                snapshot = copy.finish();
                writer.awaitMore();
            }
            assertThat(snapshot.exact()).isTrue();
            assertThat(sink.numbers).hasSizeLessThan(tables.numbers("t").size());
            assertThat((long) sink.numbers.size()).isEqualTo(rowEvents(tables, start, snapshot.consistentPoint()));
        }
    }

    /** Row events of the test's table between two positions of one binlog file; each of them holds one row. */
    private static long rowEvents(SnapshotTables tables, SourcePosition from, SourcePosition to) {
        assertThat(to.coordinates().file()).isEqualTo(from.coordinates().file());
        long until = to.coordinates().position();
        return tables
                .server()
                .list(
                        "SHOW BINLOG EVENTS IN '" + from.coordinates().file() + "' FROM "
                                + from.coordinates().position(),
                        row -> row.getLong("Pos") < until
                                && row.getString("Event_type").equals("Table_map")
                                && row.getString("Info").contains("(" + SCHEMA + ".t)"))
                .stream()
                .filter(counts -> counts)
                .count();
    }

    /** By coordinates on MySQL, a copy waits for the writers that were under way; elsewhere it does not. */
    @ParameterizedTest
    @MethodSource("sources")
    void copyByCoordinatesWaitsForOpenWriters(SourceAddress address) {
        try (var tables = new SnapshotTables(SCHEMA, address);
                SourceServer writer = tables.server().another()) {
            TableDefinition table = keyed(tables);
            var options =
                    TableCopy.Options.DEFAULT.withResumeBy(ResumeBy.COORDINATES).withLockLimits(SHORT);
            writer.execute("START TRANSACTION");
            writer.execute("INSERT INTO " + tables.name("t") + " VALUES (-1, 0)");
            if (tables.server().facts().isMariaDb()) {
                TableCopy.open(tables.server(), table, options);
            } else {
                assertThatThrownBy(() -> TableCopy.open(tables.server(), table, options))
                        .hasMessage(
                                "TIMED_OUT: The table could not be locked in 1 attempts of 1 s, because transactions"
                                        + " on it stayed open {source=" + address.name() + ", server=" + address.host()
                                        + ":"
                                        + address.port()
                                        + ", table=kameleon_copy_it.t}. End the long transactions on the table,"
                                        + " or copy it at a quieter time.");
            }
            writer.execute("COMMIT");
            assertThat(TableCopy.open(tables.server(), table, options).method()).isEqualTo(CopyMethod.RANGES);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void cancelledReadEndsAtOnceAndClosesItsSession(SourceAddress address) {
        try (var tables = new SnapshotTables(SCHEMA, address);
                SourceServer session = tables.server().another()) {
            TableCopy copy = TableCopy.open(tables.server(), keyed(tables), TableCopy.Options.DEFAULT);
            RangeSink sink = (buffer, from, to) ->
                    CompletableFuture.runAsync(copy::cancel).join();
            KeyRange range = copy.next().orElseThrow();
            assertThatThrownBy(() -> copy.read(range, session, new SnapshotTables.NumberEncoder(), sink))
                    .extracting(e -> ((ReplicationException) e).code())
                    .isEqualTo(ErrorCode.WRONG_STATE);
            assertThat(session.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void rowWithoutImageIsRefusedAndTheOthersGoOn(SourceAddress address) {
        try (var tables = new SnapshotTables(SCHEMA, address);
                SourceServer session = tables.server().another()) {
            TableCopy copy = TableCopy.open(tables.server(), keyed(tables), TableCopy.Options.DEFAULT);
            var sink = new Refusals();
            long rows = copy.read(copy.next().orElseThrow(), session, new PickyEncoder(), sink);
            assertThat(rows).isEqualTo(ROWS);
            assertThat(sink.numbers).hasSize(ROWS - 1).doesNotContain(7);
            assertThat(sink.refused).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void droppedTableIsSaidPlainly(SourceAddress address) {
        try (var tables = new SnapshotTables(SCHEMA, address);
                SourceServer session = tables.server().another()) {
            TableDefinition table = keyed(tables);
            TableCopy copy = TableCopy.open(tables.server(), table, TableCopy.Options.DEFAULT);
            KeyRange range = copy.next().orElseThrow();
            tables.server().execute("DROP TABLE " + tables.name("t"));
            assertThatThrownBy(() ->
                            copy.read(range, session, new SnapshotTables.NumberEncoder(), new SnapshotTables.Numbers()))
                    .hasMessageStartingWith("TABLE_DEFINITION_MISMATCH: The table was changed or dropped while it was");
            assertThatThrownBy(() -> TableCopy.open(tables.server(), table, TableCopy.Options.DEFAULT))
                    .hasMessageStartingWith("TABLE_DEFINITION_MISMATCH: The table does not exist any more");
        }
    }

    private static TableDefinition keyed(SnapshotTables tables) {
        tables.create("t", "k INT NOT NULL", ", PRIMARY KEY (k)", "");
        tables.insert(
                "t", IntStream.rangeClosed(1, ROWS).mapToObj(i -> "" + i * 1000).toList(), 1);
        return tables.definition("t", List.of("k"), column("k", TypeKind.INT, false, ""));
    }

    /** Inserts rows one by one in transactions of their own, numbered from a million, until it is closed. */
    private static final class Writer implements AutoCloseable {
        private final AtomicBoolean stopping = new AtomicBoolean();
        private final CompletableFuture<Void> loop;
        private volatile CountDownLatch more = new CountDownLatch(0);

        Writer(SnapshotTables tables, String table, String sign) {
            SourceServer session = tables.server().another();
            loop = CompletableFuture.runAsync(() -> {
                try (session) {
                    for (int i = 1; !stopping.get(); i++) {
                        session.execute("INSERT INTO " + tables.name(table) + " VALUES (" + sign + i + ", "
                                + (1_000_000 + i) + ")");
                        more.countDown();
                    }
                }
            });
        }

        /** Waits until some more rows are committed. */
        void awaitMore() throws InterruptedException {
            var latch = new CountDownLatch(10);
            more = latch;
            while (latch.getCount() > 0 && !loop.isDone()) {
                latch.await(100, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void close() {
            stopping.set(true);
            loop.join();
        }
    }

    /** Has no image for the row with number 7. */
    private static final class PickyEncoder implements RowEncoder {
        private final RowEncoder numbers = new SnapshotTables.NumberEncoder();

        @Override
        public String selectExpression(ColumnDefinition column) {
            return numbers.selectExpression(column);
        }

        @Override
        public void begin(int[] types) {
            numbers.begin(types);
        }

        @Override
        public void encode(byte[] packet, int from, int to, AvroOutput output) {
            if (SnapshotTables.NumberEncoder.number(packet, to) == 7) {
                throw new ReplicationException(ErrorCode.VALUE_MALFORMED, "no image", Map.of(), "None.");
            }
            numbers.encode(packet, from, to, output);
        }
    }

    private static final class Refusals implements RangeSink {
        final SnapshotTables.Numbers accepted = new SnapshotTables.Numbers();
        final List<Integer> numbers = accepted.numbers;
        int refused;

        @Override
        public void row(byte[] buffer, int from, int to) {
            accepted.row(buffer, from, to);
        }

        @Override
        public void refused(ReplicationException reason) {
            refused++;
        }
    }
}
