package io.kameleon.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import io.kameleon.benchmarks.run.BinlogStart;
import io.kameleon.benchmarks.server.MySqlServer;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import io.kameleon.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debezium's source connector for one workload, tuned for throughput.
 *
 * @param prefix    of its topics: {@code <prefix>.<database>.<table>}, each with one partition
 * @param directory for the history of the tables' structure
 */
record DebeziumSource(MySqlServer mysql, Workload workload, String prefix, Path directory) {
    static final String NAME = "debezium-source";

    /** What a server allows for a replica's number; nobody else uses this one on a benchmark's server. */
    private static final String SERVER_ID = "1999000001";

    /** Where the connector begins. */
    enum Snapshot {
        /** At a place in the binlog, with the tables as they are now. */
        RECOVERY,
        /** With all rows that are there, and then at the binlog's end. */
        INITIAL
    }

    DebeziumSource {
        requireNonNull(mysql, "mysql");
        requireNonNull(workload, "workload");
        requireNonNull(prefix, "prefix");
        requireNonNull(directory, "directory");
    }

    /** What was chosen for speed, for the report too. */
    static Map<String, String> tuning() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("max.batch.size", "8192");
        settings.put("max.queue.size", "32768");
        settings.put("poll.interval.ms", "5");
        settings.put("snapshot.fetch.size", "10000");
        settings.put("snapshot.max.threads", "2");
        settings.put("provide.transaction.metadata", "false");
        return settings;
    }

    /** Creates the connector in a worker, stopped; with a place it begins there, else with a snapshot of all rows. */
    void createIn(ConnectWorker worker, Optional<BinlogStart> place) throws IOException, InterruptedException {
        worker.create(NAME, settings(place.isPresent() ? Snapshot.RECOVERY : Snapshot.INITIAL));
        if (place.isPresent()) {
            worker.startAt(NAME, Map.of("server", prefix), offset(place.get()));
        }
    }

    List<String> topics() {
        return workload.tables().stream()
                .map(table -> prefix + "." + workload.schema() + "." + table.name())
                .toList();
    }

    private static Map<String, Object> offset(BinlogStart place) {
        var offset = new LinkedHashMap<String, Object>();
        offset.put("file", place.file());
        offset.put("pos", place.position());
        if (!place.gtidSet().isEmpty()) {
            offset.put("gtids", place.gtidSet());
        }
        return offset;
    }

    private Map<String, String> settings(Snapshot snapshot) {
        boolean mariaDb = mysql.flavour() == Flavour.MARIADB;
        var settings = new LinkedHashMap<String, String>();
        settings.put(
                "connector.class",
                mariaDb
                        ? "io.debezium.connector.mariadb.MariaDbConnector"
                        : "io.debezium.connector.mysql.MySqlConnector");
        settings.put("tasks.max", "1");
        settings.put("database.hostname", mysql.host());
        settings.put("database.port", String.valueOf(mysql.port()));
        settings.put("database.user", mysql.user());
        settings.put("database.password", mysql.password());
        settings.put("database.server.id", SERVER_ID);
        settings.put("database.ssl.mode", mariaDb ? "disable" : "disabled");
        settings.put("driver.allowPublicKeyRetrieval", "true");
        settings.put("topic.prefix", prefix);
        settings.put("database.include.list", workload.schema());
        settings.put("snapshot.mode", snapshot == Snapshot.RECOVERY ? "recovery" : "initial");
        settings.put("snapshot.locking.mode", "none");
        settings.put("schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory");
        settings.put(
                "schema.history.internal.file.filename",
                directory.resolve("schema-history").toString());
        settings.put("include.schema.changes", "false");
        settings.put("tombstones.on.delete", "false");
        settings.putAll(tuning());
        return settings;
    }
}
