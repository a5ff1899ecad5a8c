package io.kameleon.replay.apply;

import static io.kameleon.replay.row.TestPostgres.execute;
import static io.kameleon.replay.row.TestPostgres.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.TestPostgres;
import io.kameleon.replay.row.TestTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of random tables: however the batches are cut, the destination ends as the source's model does (F45). A seed
 * that failed is repeated with {@code -Dreplay.seed}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayPropertyIT {
    private static final int ROUNDS = 8;
    private static final int EVENTS = 400;

    private Connection connection;

    @BeforeAll
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        execute(connection, "CREATE TYPE replica.colour AS ENUM ('', 'red', 'green', 'blue')");
        connection.commit();
    }

    @AfterAll
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @EnumSource(RandomTable.class)
    void anyBatchSplitGivesTheSameTable(RandomTable kind) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("replay.seed", 1000L * kind.ordinal() + round);
            RandomHistory history = RandomHistory.of(kind, new Random(seed), EVENTS);
            TableTarget target = createTables(kind);
            TableCounts counts = replay(history, target, 0, EVENTS, new Random(seed));
            assertThat(counts.missing() + counts.conflicts()).as("seed " + seed).isZero();
            assertThat(counts.rows()).as("seed " + seed).isEqualTo(history.records(0, EVENTS));
            assertEqualToModel(kind, history.stateAfter(EVENTS), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RandomTable.class,
            names = {"KEYED", "COMPOSITE", "UNIQUE", "UNIQUE_BY_EXPRESSION", "WIDE"})
    void idempotentReplayOverALaterCopyConverges(RandomTable kind) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("replay.seed", 77_000L + 1000L * kind.ordinal() + round);
            var random = new Random(seed);
            RandomHistory history = RandomHistory.of(kind, random, EVENTS);
            int consistent = random.nextInt(EVENTS);
            TableTarget target = createTables(kind);
            load(kind, "t", history.stateAfter(consistent));
            replay(history, target.withMode(ApplyMode.IDEMPOTENT), 0, consistent, random);
            assertEqualToModel(kind, history.stateAfter(consistent), seed);
            TableCounts counts = replay(history, target, consistent, EVENTS, random);
            assertThat(counts.missing() + counts.conflicts()).as("seed " + seed).isZero();
            assertEqualToModel(kind, history.stateAfter(EVENTS), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RandomTable.class,
            names = {"KEYED", "COMPOSITE", "WIDE"})
    void idempotentReplayOverACopyOfMixedMomentsConverges(RandomTable kind) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("replay.seed", 99_000L + 1000L * kind.ordinal() + round);
            var random = new Random(seed);
            RandomHistory history = RandomHistory.of(kind, random, EVENTS);
            TableTarget target = createTables(kind);
            load(kind, "t", history.mixedState(random, EVENTS));
            replay(history, target.withMode(ApplyMode.IDEMPOTENT), 0, EVENTS, random);
            assertEqualToModel(kind, history.stateAfter(EVENTS), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(RandomTable.class)
    void carefulFlushGivesTheSameTable(RandomTable kind) throws SQLException {
        long seed = Long.getLong("replay.seed", 55_000L + kind.ordinal());
        RandomHistory history = RandomHistory.of(kind, new Random(seed), EVENTS);
        TableTarget target = createTables(kind);
        var writer = new BatchWriter(connection);
        var sink = new RecordingSink();
        for (int i = 0; i < EVENTS; i++) {
            history.send(i, writer, target, Care.CAREFUL);
            if (i % 37 == 0 || i == EVENTS - 1) {
                writer.flushCarefully(sink);
            }
        }
        assertThat(sink.refusals).isEmpty();
        assertEqualToModel(kind, history.stateAfter(EVENTS), seed);
    }

    private TableCounts replay(RandomHistory history, TableTarget target, int from, int to, Random random)
            throws SQLException {
        var writer = new BatchWriter(connection);
        TableCounts counts = TableCounts.NONE;
        int batch = 1 + random.nextInt(120);
        for (int i = from; i < to; i++) {
            history.send(i, writer, target, Care.FAST);
            if (random.nextInt(batch) == 0 || i == to - 1) {
                counts = counts.plus(writer.flush().tables().getOrDefault(target, TableCounts.NONE));
            }
        }
        return counts;
    }

    private TableTarget createTables(RandomTable kind) throws SQLException {
        connection.rollback();
        execute(
                connection,
                "CREATE TABLE replica.t (" + kind.destinationColumns() + ")",
                "CREATE TABLE replica.model (LIKE t)");
        return TableTarget.of(
                kind.source().format(),
                DestinationTableLookup.find(connection, "replica", "t"),
                ApplyMode.STRICT,
                ConversionPolicy.standard(new ConversionCounts()));
    }

    private void load(RandomTable kind, String table, List<Object[]> rows) throws SQLException {
        TestTable source = kind.source();
        var destination = DestinationTableLookup.find(connection, "replica", table);
        var policy = ConversionPolicy.standard(new ConversionCounts());
        try (var loader = CopyLoader.begin(connection, destination, source.rowFormat(), policy)) {
            for (Object[] row : rows) {
                byte[] bytes = source.row(row);
                loader.row(bytes, 0, bytes.length);
            }
            loader.finish();
        }
    }

    private void assertEqualToModel(RandomTable kind, List<Object[]> rows, long seed) throws SQLException {
        execute(connection, "TRUNCATE model");
        load(kind, "model", rows);
        var different = new ArrayList<String>();
        different.addAll(
                query(connection, "SELECT 'more', t::text FROM t EXCEPT ALL SELECT 'more', m::text FROM model m"));
        different.addAll(
                query(connection, "SELECT 'less', m::text FROM model m EXCEPT ALL SELECT 'less', t::text FROM t"));
        assertThat(different).as("seed " + seed).isEmpty();
    }
}
