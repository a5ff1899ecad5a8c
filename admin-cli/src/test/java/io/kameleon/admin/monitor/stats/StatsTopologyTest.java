package io.kameleon.admin.monitor.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.progress.LagBuckets;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.record.TableCountRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTopologyTest {
    private static final String TOPIC = "kameleon.progress";
    private static final long MINUTE = 60_000L * 1000;

    @TempDir
    Path directory;

    private TopologyTestDriver driver;
    private TestInputTopic<String, ProgressRecord> told;

    @BeforeEach
    void open() {
        Serde<ProgressRecord> serde = StatsStreams.serde(new ListedSchemas(), TOPIC);
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(StatsTopology.of(TOPIC, serde), properties);
        told = driver.createInputTopic(TOPIC, new StringSerializer(), serde.serializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void differencesAddUpPerSourceAndSide() {
        tell(record("shop", Side.READ, MINUTE).setRows(10).setTransactions(2).setNextOffset(-1));
        tell(record("shop", Side.REPLAY, MINUTE + 5)
                .setRows(4)
                .setTransactions(1)
                .setNextOffset(7));
        tell(record("shop", Side.REPLAY, MINUTE + 9)
                .setRows(6)
                .setTransactions(1)
                .setNextOffset(12));
        tell(record("west", Side.READ, MINUTE).setRows(1));
        SourceStats shop = sources().get("shop");
        assertThat(shop.read().rows()).isEqualTo(10);
        assertThat(shop.replay().rows()).isEqualTo(10);
        assertThat(shop.replay().transactions()).isEqualTo(2);
        assertThat(shop.replay().nextOffset()).isEqualTo(12);
        assertThat(shop.replay().toldMillis()).isEqualTo(MINUTE + 9);
        assertThat(sources().get("west").read().rows()).isEqualTo(1);
    }

    @Test
    void tablesAreCountedBySide() {
        tell(record("shop", Side.READ, MINUTE)
                .setTables(List.of(new TableCountRecord("db", "orders", 3L, 1L, 1L, 0L, 0L))));
        tell(record("shop", Side.REPLAY, MINUTE + 1)
                .setTables(List.of(new TableCountRecord("db", "orders", 2L, 1L, 0L, 1L, 4L))));
        KeyValueStore<String, TableStats> tables = driver.getKeyValueStore(StatsTopology.TABLES);
        assertThat(tables.get(StatsTopology.tableKey("shop", "db", "orders")))
                .isEqualTo(new TableStats("shop", "db", "orders", 5, 2, 1, 0, 1, 4, MINUTE, MINUTE + 1));
    }

    @Test
    void ratesAndLagsFallIntoTheirMinute() {
        tell(record("shop", Side.REPLAY, MINUTE + 59_999).setRows(60).setLagCounts(counts(20, 9)));
        tell(record("shop", Side.REPLAY, MINUTE + 60_000).setRows(30).setLagCounts(counts(900, 1)));
        tell(record("shop", Side.REPLAY, MINUTE + 1).setRows(40).setLagCounts(counts(900, 1)));
        WindowStore<String, MinuteStats> minutes = driver.getWindowStore(StatsTopology.MINUTES);
        MinuteStats first = minutes.fetch("shop", MINUTE);
        assertThat(first.appliedRows()).isEqualTo(100);
        assertThat(first.lagSeconds(0.5)).isBetween(0.01, 0.02);
        assertThat(first.lagSeconds(0.99)).isBetween(0.5, 1.0);
        assertThat(minutes.fetch("shop", MINUTE + 60_000).appliedRows()).isEqualTo(30);
    }

    @Test
    void lastErrorsComeNewestFirstAndAreBounded() {
        for (int i = 1; i <= SourceStats.ERRORS_MAX + 3; i++) {
            tell(record("shop", Side.REPLAY, MINUTE + i)
                    .setErrors(1)
                    .setErrorCode("ROW_REFUSED")
                    .setErrorMessage("number " + i));
        }
        SourceStats shop = sources().get("shop");
        assertThat(shop.lastErrors()).hasSize(SourceStats.ERRORS_MAX);
        assertThat(shop.lastErrors().get(0).message()).isEqualTo("number " + (SourceStats.ERRORS_MAX + 3));
        assertThat(shop.replay().errors()).isEqualTo(SourceStats.ERRORS_MAX + 3);
    }

    private KeyValueStore<String, SourceStats> sources() {
        return driver.getKeyValueStore(StatsTopology.SOURCES);
    }

    private void tell(ProgressRecord.Builder record) {
        ProgressRecord built = record.build();
        told.pipeInput(built.getSource(), built, built.getTsMs());
    }

    private static ProgressRecord.Builder record(String source, Side side, long millis) {
        return ProgressRecord.newBuilder()
                .setSource(source)
                .setSide(side)
                .setTsMs(millis)
                .setFile("")
                .setPos(0)
                .setGtid("")
                .setNextOffset(-1);
    }

    private static List<Long> counts(long millis, long count) {
        var counts = new ArrayList<>(Collections.nCopies(LagBuckets.SIZE, 0L));
        counts.set(LagBuckets.indexOf(millis), count);
        return counts;
    }
}
