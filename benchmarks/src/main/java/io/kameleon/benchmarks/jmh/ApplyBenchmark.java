package io.kameleon.benchmarks.jmh;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.replay.apply.ApplyMode;
import io.kameleon.replay.apply.BatchWriter;
import io.kameleon.replay.apply.Care;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowEncoder;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.wire.TopicLayout;
import io.kameleon.schemas.wire.WireFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Replay's two steps before PostgreSQL: Avro to COPY's binary rows, and the collapse of images per key. One operation is one row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApplyBenchmark {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BUFFER_BYTES = 1 << 16;

    @Param({"W1", "W2"})
    public JmhWorkload workload;

    private final List<Message> messages = new ArrayList<>();
    private final PgBuffer buffer = new PgBuffer(2 * BUFFER_BYTES);
    private Connection connection;
    private BatchWriter writer;

    private record Table(TableTarget target, RowRecord record, RowEncoder encoder) {}

    private record Message(Table table, byte[] key, byte[] value) {}

    @Setup
    public void load() throws SQLException {
        Installation installation = Installation.load(workload.read().toString());
        String source = JmhWorkload.SOURCE;
        SourceSettings settings = Replica.settings(installation, source);
        connection = installation.catalogue().connections().open("jmh");
        connection.setAutoCommit(false);
        writer = new BatchWriter(connection);
        try (KafkaAccess kafka = KafkaAccess.cluster(installation.config())) {
            Map<Integer, Table> tables = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> row :
                    rows(kafka, settings.topics().rows(source))) {
                Table table = tables.get(WireFormat.readId(row.value()));
                if (table == null) {
                    table = table(kafka, settings, row);
                    tables.put(WireFormat.readId(row.value()), table);
                }
                messages.add(new Message(table, row.key(), row.value()));
            }
        }
    }

    private Table table(KafkaAccess kafka, SourceSettings settings, ConsumerRecord<byte[], byte[]> row)
            throws SQLException {
        RowFormat format = RowFormat.of(
                kafka.schemaIds().byId(WireFormat.readId(row.value())),
                kafka.schemaIds().byId(WireFormat.readId(row.key())));
        String schema =
                settings.filter().destinationSchema(format.table().schema()).orElseThrow();
        DestinationTable destination =
                DestinationTableLookup.find(connection, schema, format.table().name());
        var policy = ConversionPolicy.standard(new ConversionCounts());
        return new Table(
                TableTarget.of(format, destination, ApplyMode.STRICT, policy),
                new RowRecord(format),
                RowEncoder.of(format.fields(), destination, policy));
    }

    private static List<ConsumerRecord<byte[], byte[]>> rows(KafkaAccess kafka, String topic) {
        var properties = new HashMap<>(kafka.properties());
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>(JmhWorkload.ROWS);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (found.size() < JmhWorkload.ROWS) {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
                    if (row.headers().lastHeader(TopicLayout.SCHEMA_CHANGE_HEADER) == null) {
                        found.add(row);
                    }
                }
            }
        }
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(JmhWorkload.ROWS)
    public int avroToCopy() {
        for (Message message : messages) {
            RowRecord record = message.table.record.parse(message.value);
            if (buffer.size() > BUFFER_BYTES) {
                buffer.reset();
            }
            message.table.encoder.tuple(
                    record.operation() == RowOperation.DELETE ? record.before() : record.after(), buffer);
        }
        return buffer.size();
    }

    @Benchmark
    @OperationsPerInvocation(JmhWorkload.ROWS)
    public long collapsePerKey() {
        for (Message message : messages) {
            writer.row(message.table.target, message.key, message.value, Care.FAST);
        }
        long bytes = writer.bufferedBytes();
        writer.clear();
        return bytes;
    }

    @TearDown
    public void close() throws SQLException {
        connection.close();
    }
}
