package io.kameleon.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TopicSchemaRegistryIT {
    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.in(directory));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aSchemaRegistersOnceAndReadsBack(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            int id = registry.register("orders-value", avro("Order", Schema.Type.INT));

            assertThat(registry.register("orders-value", avro("Order", Schema.Type.INT)))
                    .isEqualTo(id);
            assertThat(registry.getId("orders-value", avro("Order", Schema.Type.INT)))
                    .isEqualTo(id);
            assertThat(registry.getSchemaById(id)).isEqualTo(avro("Order", Schema.Type.INT));
            assertThat(registry.getSchemaBySubjectAndId("orders-value", id)).isSameAs(registry.getSchemaById(id));
            assertThat(registry.getAllSubjects()).containsExactly("orders-value");
            assertThat(registry.getAllVersions("orders-value")).containsExactly(1);
            assertThat(registry.getLatestSchemaMetadata("orders-value").getId()).isEqualTo(id);
        }
    }

    /** F49: a column that changes from int to string. */
    @Test
    void anyChangeOfASchemaRegisters(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            assertThat(registry.testCompatibility("orders", avro("Order", Schema.Type.STRING)))
                    .isTrue();
            int before = registry.register("orders", avro("Order", Schema.Type.INT));
            int after = registry.register("orders", avro("Order", Schema.Type.STRING));

            assertThat(after).isNotEqualTo(before);
            assertThat(registry.getAllVersions("orders")).containsExactly(1, 2);
            assertThat(registry.getVersion("orders", avro("Order", Schema.Type.INT)))
                    .isEqualTo(1);
        }
    }

    @Test
    void aSchemaHasOneIdUnderAllSubjects(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            int id = registry.register("a", avro("Order", Schema.Type.INT));
            assertThat(registry.register("b", avro("Order", Schema.Type.INT))).isEqualTo(id);
            assertThat(registry.getAllSubjectsById(id)).containsExactly("a", "b");
        }
    }

    @Test
    void schemasAreThereForTheNextProcessAndForOneThatRunsAlready(TestInfo test) throws Exception {
        try (TopicSchemaRegistry running = open(test);
                TopicSchemaRegistry writer = open(test)) {
            int id = writer.register("orders", avro("Order", Schema.Type.INT));
            assertThat(running.getSchemaById(id)).isEqualTo(avro("Order", Schema.Type.INT));
            try (TopicSchemaRegistry next = open(test)) {
                assertThat(next.getSchemaById(id)).isEqualTo(avro("Order", Schema.Type.INT));
                assertThat(next.register("orders", avro("Order", Schema.Type.INT)))
                        .isEqualTo(id);
            }
        }
    }

    @Test
    void processesThatRegisterAtTheSameTimeAgree(TestInfo test) throws Exception {
        int schemas = 100;
        try (TopicSchemaRegistry one = open(test);
                TopicSchemaRegistry two = open(test)) {
            var executor = Executors.newFixedThreadPool(2);
            List<Future<List<Integer>>> ids =
                    executor.invokeAll(List.of(registerAll(one, schemas), registerAll(two, schemas)));
            executor.shutdown();

            assertThat(ids.get(0).get()).isEqualTo(ids.get(1).get()).doesNotHaveDuplicates();
        }
        assertThat(records(test)).hasSize(schemas);
    }

    private static Callable<List<Integer>> registerAll(TopicSchemaRegistry registry, int count) {
        return () -> {
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < count; i++) {
                ids.add(registry.register("orders", avro("Order" + i, Schema.Type.INT)));
            }
            return ids;
        };
    }

    @Test
    void manySchemasRegisterAtOnceAndOnlyOnce(TestInfo test) throws Exception {
        int schemas = 1_200; // more than one Kafka transaction
        int known;
        try (TopicSchemaRegistry registry = open(test)) {
            known = registry.register("orders700", avro("Order700", Schema.Type.INT));
            registry.registerAll(registrations(schemas));
            registry.registerAll(registrations(schemas));
            int other = registry.register("orders700", avro("Order700", Schema.Type.STRING));
            assertThat(registry.getVersion("orders700", avro("Order700", Schema.Type.STRING)))
                    .isEqualTo(2);
            assertThat(other).isEqualTo(schemas + 1);
        }
        assertThat(records(test)).hasSize(schemas + 1);
        try (TopicSchemaRegistry next = open(test)) {
            var ids = new HashSet<Integer>();
            for (int i = 0; i < schemas; i++) {
                ids.add(next.getId("orders" + i, avro("Order" + i, Schema.Type.INT)));
            }
            assertThat(ids).hasSize(schemas).contains(known);
        }
    }

    /** As two copies do that begin together, or one that is begun again after it was killed between two transactions. */
    @Test
    void processesThatRegisterManyAtTheSameTimeAgree(TestInfo test) throws Exception {
        int schemas = 2_000;
        try (TopicSchemaRegistry one = open(test);
                TopicSchemaRegistry two = open(test)) {
            one.registerAll(registrations(600));
            var executor = Executors.newFixedThreadPool(2);
            List<Future<Void>> done = executor.invokeAll(List.of(
                    () -> registerAll(one, registrations(schemas)), () -> registerAll(two, registrations(schemas))));
            executor.shutdown();
            for (Future<Void> registered : done) {
                registered.get();
            }
            for (int i = 0; i < schemas; i++) {
                assertThat(one.getId("orders" + i, avro("Order" + i, Schema.Type.INT)))
                        .isEqualTo(two.getId("orders" + i, avro("Order" + i, Schema.Type.INT)));
            }
        }
        assertThat(records(test)).hasSize(schemas);
    }

    @Test
    void aSchemaUnderTwoSubjectsOfOneTransactionHasOneId(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            Schema order = avro("Order", Schema.Type.INT).rawSchema();
            Schema other = avro("Other", Schema.Type.INT).rawSchema();
            registry.registerAll(List.of(
                            new SchemaIds.Registration("a", order),
                            new SchemaIds.Registration("a", other),
                            new SchemaIds.Registration("b", order),
                            new SchemaIds.Registration("a", order))
                    .iterator());
            int id = registry.getId("a", new AvroSchema(order));
            assertThat(registry.getAllSubjectsById(id)).containsExactly("a", "b");
            assertThat(registry.getAllVersions("a")).containsExactly(1, 2);
            assertThat(registry.getId("a", new AvroSchema(other))).isNotEqualTo(id);
        }
    }

    private static Void registerAll(TopicSchemaRegistry registry, Iterator<SchemaIds.Registration> registrations)
            throws Exception {
        registry.registerAll(registrations);
        return null;
    }

    private static Iterator<SchemaIds.Registration> registrations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SchemaIds.Registration(
                        "orders" + i, avro("Order" + i, Schema.Type.INT).rawSchema()))
                .iterator();
    }

    /** Confluent's registry can take the topic over: this is its layout. */
    @Test
    void recordsHaveTheLayoutOfConfluentsRegistry(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            registry.register("orders", new AvroSchema("\"int\""));
            registry.deleteSubject("orders");
        }
        assertThat(records(test))
                .containsExactly(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"orders\",\"version\":1,\"magic\":1}"
                                + " {\"subject\":\"orders\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"orders\",\"magic\":0}"
                                + " {\"subject\":\"orders\",\"version\":1}");
    }

    @Test
    void aDeletedSubjectIsGoneButItsSchemasStayReadable(TestInfo test) throws Exception {
        try (TopicSchemaRegistry registry = open(test)) {
            int id = registry.register("orders", avro("Order", Schema.Type.INT));
            assertThat(registry.deleteSubject("orders")).containsExactly(1);

            assertThat(registry.getAllSubjects()).isEmpty();
            assertThatThrownBy(() -> registry.getLatestSchemaMetadata("orders"))
                    .isInstanceOf(RestClientException.class)
                    .hasMessageContaining("not found; error code: 40401");
            assertThat(registry.getSchemaById(id)).isEqualTo(avro("Order", Schema.Type.INT));
            assertThat(registry.register("orders", avro("Order", Schema.Type.INT)))
                    .isEqualTo(id);
            assertThat(registry.getAllVersions("orders")).containsExactly(2);
        }
    }

    @Test
    void confluentsSerializersWorkOnTheTopic(TestInfo test) throws Exception {
        var strategy = Map.of(
                "schema.registry.url",
                "mock://none",
                "value.subject.name.strategy",
                TopicRecordNameStrategy.class.getName());
        Schema schema = avro("Order", Schema.Type.INT).rawSchema();
        GenericRecord order = new GenericData.Record(schema);
        order.put("amount", 7);
        try (TopicSchemaRegistry registry = open(test);
                var serializer = new KafkaAvroSerializer(registry);
                var deserializer = new KafkaAvroDeserializer(registry)) {
            serializer.configure(strategy, false);
            deserializer.configure(strategy, false);
            byte[] bytes = serializer.serialize("kameleon.shop", order);

            assertThat(deserializer.deserialize("kameleon.shop", bytes)).isEqualTo(order);
            assertThat(registry.getAllSubjects()).containsExactly(Subjects.of("kameleon.shop", schema));
        }
    }

    @Test
    void anUnknownIdIsAnErrorOfTheRecord(TestInfo test) {
        try (TopicSchemaRegistry registry = open(test)) {
            assertThatThrownBy(() -> SchemaIds.over(registry).byId(4711))
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.RECORD_MALFORMED))
                    .hasMessage(
                            "RECORD_MALFORMED: The schema registry does not know a record's schema {schema_id=4711}."
                                    + " Check that schema_registry names the registry that the topic was written with.");
        }
    }

    @Test
    void aTopicThatForgetsIsRefused(TestInfo test) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(client()))) {
            var topic = new NewTopic(topic(test), 1, (short) 1).configs(Map.of("cleanup.policy", "delete"));
            admin.createTopics(List.of(topic)).all().get();
        }
        assertThatThrownBy(() -> open(test))
                .hasMessageStartingWith("BROKER_SETTING: The schema topic has cleanup.policy=delete,"
                        + " so schemas that rows need would be deleted {topic=" + topic(test) + "}.");
    }

    @Test
    void aTopicOfSomebodyElseIsRefused(TestInfo test) throws Exception {
        open(test).close();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(client()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic(test), "key", "value")).get();
        }
        assertThatThrownBy(() -> open(test))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MALFORMED));
    }

    @Test
    void aBrokerThatIsAwayIsToBeTriedAgain() {
        var settings = new RegistrySettings.Topic(
                "_schemas", Map.of("bootstrap.servers", "127.0.0.1:1"), -1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> SchemaRegistries.open(settings))
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.REGISTRY_UNREACHABLE));
    }

    private static TopicSchemaRegistry open(TestInfo test) {
        return TopicSchemaRegistry.open(new RegistrySettings.Topic(topic(test), client(), 1, Duration.ofSeconds(30)));
    }

    private static String topic(TestInfo test) {
        return "_schemas_" + test.getTestMethod().orElseThrow().getName();
    }

    private static Map<String, String> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Key and value of each committed record. */
    private static List<String> records(TestInfo test) {
        var partition = new TopicPartition(topic(test), 0);
        var configuration = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        var records = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(r -> records.add(r.key() + " " + r.value()));
            }
        }
        return records;
    }

    private static AvroSchema avro(String name, Schema.Type amount) {
        return new AvroSchema(SchemaBuilder.record(name)
                .namespace("shop")
                .fields()
                .name("amount")
                .type(Schema.create(amount))
                .noDefault()
                .endRecord());
    }
}
