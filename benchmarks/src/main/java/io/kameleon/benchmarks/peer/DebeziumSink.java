package io.kameleon.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.server.PostgresServer;
import io.kameleon.benchmarks.workload.ColumnKind;
import io.kameleon.benchmarks.workload.MixedWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Debezium's JDBC sink connector into tables that exist, tuned for throughput.
 *
 * @param topics  of a {@link DebeziumSource}
 * @param inserts how the rows of a batch reach PostgreSQL
 */
record DebeziumSink(PostgresServer postgres, Destination destination, List<String> topics, Inserts inserts) {
    static final String NAME = "debezium-sink";

    private static final int TASKS = 2;
    private static final Set<ColumnKind> TEMPORAL = EnumSet.of(ColumnKind.DATE, ColumnKind.DATETIME);

    /** How the rows of a batch reach PostgreSQL. */
    enum Inserts {
        /** One statement with many rows, put together by the driver. */
        VALUES,
        /** One statement with an array per column. */
        UNNEST;

        /** UNNEST for changes of all kinds, where the sink can: as of 3.6 it writes a date's or a time's number instead of its value. */
        static Inserts suiting(Workload workload) {
            boolean temporal = workload.tables().stream()
                    .flatMap(table -> table.columns().stream())
                    .anyMatch(column -> TEMPORAL.contains(column.kind()));
            return workload instanceof MixedWorkload && !temporal ? UNNEST : VALUES;
        }
    }

    DebeziumSink {
        requireNonNull(postgres, "postgres");
        requireNonNull(destination, "destination");
        topics = List.copyOf(topics);
        requireNonNull(inserts, "inserts");
    }

    /** What was chosen for speed, for the report too. */
    static Map<String, String> tuning() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("tasks.max", String.valueOf(TASKS));
        settings.put("batch.size", "3000");
        settings.put("use.reduction.buffer", "true");
        settings.put("insert.mode", "upsert");
        settings.put("delete.enabled", "true");
        settings.put("primary.key.mode", "record_key");
        return settings;
    }

    /** What the connector needs to make the tables of a schema by what the topics' records say, tuning included. */
    static Map<String, String> upserting(PostgresServer postgres, Destination destination, List<String> topics) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("topics", String.join(",", topics));
        settings.put("connection.url", postgres.jdbcUrl(destination.database()) + "?reWriteBatchedInserts=true");
        settings.put("connection.username", postgres.user());
        settings.put("connection.password", postgres.password());
        settings.put("collection.name.format", destination.schema() + ".${source.table}");
        settings.putAll(tuning());
        return settings;
    }

    /** Creates the connector in a worker, stopped. */
    void createIn(ConnectWorker worker) throws IOException, InterruptedException {
        Map<String, String> settings = upserting(postgres, destination, topics);
        settings.put("schema.evolution", "none");
        settings.put("dialect.postgres.unnest.insert.enabled", String.valueOf(inserts == Inserts.UNNEST));
        worker.create(NAME, settings);
    }
}
