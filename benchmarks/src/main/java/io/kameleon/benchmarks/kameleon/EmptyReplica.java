package io.kameleon.benchmarks.kameleon;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.benchmarks.kameleon.KameleonConfigFile.Broker;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.reader.publish.ReadStart;
import io.kameleon.reader.publish.ReadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A replica of a workload's empty tables, made once by the commands an operator uses. Each run begins with a copy of it: the database is
 * copied by PostgreSQL, and the read state is written into new topics.
 */
final class EmptyReplica {
    private final Servers servers;
    private final Workload workload;
    private final Broker broker;
    private final String database;
    private final List<String> sourceKeys;
    private final ReadState state;

    private EmptyReplica(
            Servers servers,
            Workload workload,
            Broker broker,
            String database,
            List<String> sourceKeys,
            ReadState state) {
        this.servers = servers;
        this.workload = workload;
        this.broker = broker;
        this.database = database;
        this.sourceKeys = sourceKeys;
        this.state = state;
    }

    /** @param name for its database and topics; what has this name already is replaced */
    static EmptyReplica create(
            Servers servers, Workload workload, Broker broker, String name, Path directory, List<String> sourceKeys)
            throws Exception {
        Files.createDirectories(directory);
        sql(servers, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name);
        Path config = KameleonConfigFile.write(
                directory, servers, broker, name + "_" + System.nanoTime(), name, workload.schema(), sourceKeys);
        initialise(config);
        Installation installation = Installation.load(config.toString());
        SourceSettings settings = Replica.settings(installation, KameleonConfigFile.SOURCE);
        try (KafkaAccess kafka = KafkaAccess.own(installation.config(), KameleonConfigFile.SOURCE)) {
            ReadState state = settings.reader(kafka).stateTopic().load().orElseThrow();
            return new EmptyReplica(servers, workload, broker, name, sourceKeys, state);
        }
    }

    /** Makes the catalogue and registers the source. */
    static void register(Path config) {
        KameleonCommand.run(config, "create_replica_schema");
        KameleonCommand.run(config, "add_source", "--source", KameleonConfigFile.SOURCE);
    }

    private static void initialise(Path config) {
        register(config);
        KameleonCommand.run(config, "init_replica", "--source", KameleonConfigFile.SOURCE);
    }

    /**
     * Copies it.
     *
     * @param name of the new database, and the topics' prefix
     * @return the configuration file
     */
    Path copyTo(String name, Path directory) throws SQLException, IOException {
        sql(
                servers,
                "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)",
                "CREATE DATABASE " + name + " TEMPLATE " + database);
        Path config = KameleonConfigFile.write(directory, servers, broker, name, name, workload.schema(), sourceKeys);
        Installation installation = Installation.load(config.toString());
        SourceSettings settings = Replica.settings(installation, KameleonConfigFile.SOURCE);
        String topic = settings.topics().rows(KameleonConfigFile.SOURCE);
        try (KafkaAccess kafka = KafkaAccess.own(installation.config(), KameleonConfigFile.SOURCE)) {
            ReadStart.Beginning beginning = ReadStart.write(settings.reader(kafka), state);
            installation.catalogue().inTransaction(connection -> {
                new ReplayPositionStore()
                        .start(
                                connection,
                                KameleonConfigFile.SOURCE,
                                topic,
                                beginning.topicId(),
                                beginning.nextOffset());
                return null;
            });
        }
        return config;
    }

    static void sql(Servers servers, String... statements) throws SQLException {
        try (Connection connection = servers.postgres().connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
