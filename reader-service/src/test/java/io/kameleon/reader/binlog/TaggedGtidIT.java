package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TestSources;
import io.kameleon.schemas.position.SourcePosition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** MySQL's GTIDs with a tag have an event type and a layout of their own. */
@EnabledIfSystemProperty(named = "mysql.url", matches = ".+")
class TaggedGtidIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void taggedGtidIsReadAndJoinsTheSet() throws Exception {
        SourceAddress address = TestSources.all().get(0);
        SourcePosition start;
        try (SourceServer server = SourceServer.connect(address)) {
            start = new BinlogPositions(server).current();
        }
        try (Connection connection = DriverManager.getConnection(System.getProperty("mysql.url"));
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION gtid_next = 'AUTOMATIC:kameleon'");
            statement.execute("CREATE DATABASE tagged_gtid");
            statement.execute("SET SESSION gtid_next = 'AUTOMATIC'");
            statement.execute("DROP DATABASE tagged_gtid");
        }
        GtidProgress progress = GtidProgress.of(false, start.gtidSet());
        try (BinlogStream stream = BinlogStream.open(
                "tagged", BinlogEndpoint.of(address), 7_340_017, start, false, Duration.ofSeconds(1))) {
            while (!progress.current().contains(":kameleon:")) {
                BinlogEvent event = stream.poll(PATIENCE);
                assertThat(event).isNotNull();
                take(event, progress);
            }
        }
        assertThat(progress.current()).matches("[0-9a-f-]{36}:kameleon:[0-9]+");
        assertThat(progress.commitMillis()).isPositive();
        progress.commit();
        assertThat(progress.set()).contains(":kameleon:");
    }

    private static void take(BinlogEvent event, GtidProgress progress) {
        switch (event.type()) {
            case GTID, GTID_TAGGED -> progress.begin(event);
            case QUERY, XID -> progress.commit();
            default -> {
                // Neither begins nor ends a transaction.
            }
        }
    }
}
