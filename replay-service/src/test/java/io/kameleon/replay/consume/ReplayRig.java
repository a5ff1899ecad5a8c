package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.ConfigLoader;
import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.catalogue.config.Secret;
import io.kameleon.catalogue.config.SkipEvents;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.SourceConfig.AutoResync;
import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.PgConnections;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.row.TestTable;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.sandbox.SandboxKafka;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of one source with its tables, a destination with a catalogue, and replays between them. */
final class ReplayRig implements AutoCloseable {
    static final String SOURCE = "shop";

    private static final Duration TIME_MAX = Duration.ofMinutes(2);
    private static final TopicLayout TOPICS = new TopicLayout("kameleon");
    private static final int VALUE_SCHEMA = 7;
    private static final int SCHEMAS_PER_TABLE = 2;
    private static final int SCHEMA_ID_AT = 4;

    private final Path directory;
    private final List<TestTable> tables;
    private final SandboxPostgres postgres;
    private final SandboxKafka kafka = SandboxKafka.start();
    private final PgConnections connections;
    private final KafkaProducer<byte[], byte[]> producer;
    private long binlogPosition = 4;

    ReplayRig(Path directory, TestTable table, String destination) throws Exception {
        this(directory, List.of(table), destination);
    }

    ReplayRig(Path directory, List<TestTable> tables, String destination) throws Exception {
        this.directory = directory;
        this.tables = tables;
        postgres = SandboxPostgres.startIn(directory.resolve("postgres"));
        var pg = PgConnConfig.of(
                "127.0.0.1",
                postgres.port(),
                SandboxPostgres.REPLICA_DATABASE,
                SandboxPostgres.REPLICA_USER,
                Secret.of(postgres.replicaPassword()));
        connections = new PgConnections(pg);
        Catalogue.open(pg).migrate();
        register(createTopic(), destination);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "rig"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    private String createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.createTopics(List.of(new NewTopic(TOPICS.rows(SOURCE), 1, (short) 1)))
                    .topicId(TOPICS.rows(SOURCE))
                    .get(TIME_MAX.toSeconds(), TimeUnit.SECONDS)
                    .toString();
        }
    }

    private void register(String topicId, String destination) throws SQLException {
        try (Connection connection = connections.open("rig");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA replica");
            statement.execute(destination);
            new SourceStore().add(connection, SOURCE, SourceConfig.SourceKind.MYSQL, "none", Map.of("shop", "replica"));
            for (TestTable table : tables) {
                TableId id = table.format().table();
                new TableStore().putCreated(connection, SOURCE, id, "replica", id.name());
            }
            new ReplayPositionStore().start(connection, SOURCE, TOPICS.rows(SOURCE), topicId, 0);
        }
    }

    /** Begins a Kafka transaction. */
    void begin() {
        producer.beginTransaction();
    }

    /** Commits it: its rows are there to be read. */
    void commit() {
        producer.commitTransaction();
    }

    void insert(Object... row) {
        insertInto(tables.get(0), row);
    }

    void insertInto(TestTable table, Object... row) {
        send(record(table, row, table.create(row)));
    }

    /** An insert that ends a transaction of the source. */
    void insertLast(Object... row) {
        insertLastInto(tables.get(0), row);
    }

    void insertLastInto(TestTable table, Object... row) {
        ProducerRecord<byte[], byte[]> last = record(table, row, table.create(row));
        binlogPosition += 100;
        last.headers()
                .add(TopicLayout.COMMIT_HEADER, ("binlog.000042:" + binlogPosition).getBytes(StandardCharsets.UTF_8));
        send(last);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record); // a failure comes out of the commit
    }

    private ProducerRecord<byte[], byte[]> record(TestTable table, Object[] row, byte[] value) {
        int schema = VALUE_SCHEMA + SCHEMAS_PER_TABLE * tables.indexOf(table);
        value[SCHEMA_ID_AT] = (byte) schema;
        byte[] key = table.format().isKeyed() ? table.key(row) : null;
        if (key != null) {
            key[SCHEMA_ID_AT] = (byte) (schema + 1);
        }
        return new ProducerRecord<>(TOPICS.rows(SOURCE), 0, key, value);
    }

    SourceReplay replay(int rowsMax, long bytesMax) throws Exception {
        return replay(rowsMax, 1, bytesMax);
    }

    SourceReplay replay(int rowsMax, int lanes, long bytesMax) throws Exception {
        return new SourceReplay(new ReplaySettings(
                SOURCE,
                connections,
                filter(),
                SkipEvents.NONE,
                new TypeMapping(TypeMapping.Profile.LOSSLESS, List.of()),
                ValuePolicy.STANDARD,
                any -> OptionalInt.empty(),
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                TOPICS,
                new Ids(tables),
                OptionalInt.of(rowsMax),
                lanes,
                bytesMax,
                Duration.ofSeconds(1),
                OnReplayError.CONTINUE,
                AutoResync.ON));
    }

    private TableFilter filter() throws Exception {
        Path file = Files.writeString(directory.resolve("rig.yml"), """
                pg_conn: {host: 127.0.0.1, user: rig, password: "", database: rig}
                sources:
                  shop:
                    type: mysql
                    db_conn: {host: 127.0.0.1, user: rig, password: ""}
                    schema_mappings: {shop: replica}
                """);
        return TableFilter.of(ConfigLoader.load(file).sources().get(SOURCE));
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (Connection connection = connections.open("rig");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    void awaitQuery(String sql, String answer) {
        await(sql + " is " + answer, () -> answer.equals(query(sql)));
    }

    static void await(String condition, Callable<Boolean> holds) {
        long deadline = System.nanoTime() + TIME_MAX.toNanos();
        try {
            while (!holds.call()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("Not within " + TIME_MAX.toSeconds() + " s: " + condition);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (Exception e) {
            throw new AssertionError("the condition cannot be tested: " + condition, e);
        }
    }

    PgConnections connections() {
        return connections;
    }

    SandboxPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        producer.close();
        kafka.close();
        postgres.close();
    }

    /** Knows the two schemas of each table. */
    private record Ids(List<TestTable> tables) implements SchemaIds {
        @Override
        public int register(String subject, Schema schema) {
            throw new IllegalStateException("replay registers no schema");
        }

        @Override
        public void prepare(Iterator<Registration> registrations) {
            throw new IllegalStateException("replay registers no schema");
        }

        @Override
        public Schema byId(int id) {
            var schemas = tables.get((id - VALUE_SCHEMA) / SCHEMAS_PER_TABLE).schemas();
            return (id - VALUE_SCHEMA) % SCHEMAS_PER_TABLE == 0 ? schemas.envelope() : schemas.key();
        }
    }
}
