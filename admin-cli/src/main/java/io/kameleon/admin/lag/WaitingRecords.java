package io.kameleon.admin.lag;

import io.kameleon.admin.lag.SourceLag.TableLag;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of a source's topic that replay has not applied, looked at one by one: offsets alone count the marks of Kafka's
 * transactions too, and do not tell how old the first one is. Bounded: of more than {@value #OFFSETS_MAX} offsets only the first
 * record is looked at.
 */
final class WaitingRecords {
    static final long OFFSETS_MAX = 5_000;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final KafkaAccess kafka;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    WaitingRecords(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * @param oldestMillis commit time on the source of the first one; empty when none waits
     * @param exact        false: {@code count} is that of the offsets
     */
    record Waiting(long count, boolean exact, Optional<Long> oldestMillis, List<TableLag> tables) {
        static final Waiting NONE = new Waiting(0, true, Optional.empty(), List.of());
    }

    private static final class Tally {
        private long records;
        private long oldestMillis;
    }

    /** @throws ReplicationException BROKER_UNREACHABLE */
    Waiting find(String topic, long nextOffset, long endOffset, long nowMillis) {
        if (nextOffset >= endOffset) {
            return Waiting.NONE;
        }
        boolean all = endOffset - nextOffset <= OFFSETS_MAX;
        var partition = new TopicPartition(topic, 0);
        var properties = new HashMap<>(kafka.properties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) WAIT_MAX.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) WAIT_MAX.toMillis());
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, nextOffset);
            var tallies = new LinkedHashMap<TableId, Tally>();
            long count = 0;
            long oldest = Long.MAX_VALUE;
            long deadline = System.nanoTime() + WAIT_MAX.toNanos();
            while (consumer.position(partition) < endOffset && (all || count == 0) && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    if (message.offset() < endOffset && message.value() != null) {
                        count++;
                        oldest = Math.min(oldest, tally(tallies, message));
                    }
                }
            }
            boolean exact = all && consumer.position(partition) >= endOffset;
            return new Waiting(
                    exact ? count : endOffset - nextOffset,
                    exact,
                    count == 0 ? Optional.empty() : Optional.of(oldest),
                    exact ? lags(tallies, nowMillis) : List.of());
        } catch (KafkaException e) {
            throw new ReplicationException(
                    ErrorCode.BROKER_UNREACHABLE,
                    "The records that wait cannot be read: " + e.getMessage(),
                    Map.of("topic", topic),
                    "Check the brokers.",
                    e);
        }
    }

    private long tally(Map<TableId, Tally> tallies, ConsumerRecord<byte[], byte[]> message) {
        GenericRecord source = source(message.value());
        long millis = source != null && source.get("ts_ms") instanceof Long committed ? committed : message.timestamp();
        Object schema = source == null ? null : source.get("db");
        Object table = source == null ? null : source.get("table");
        if (schema != null && table != null && !table.toString().isEmpty()) {
            Tally tally = tallies.computeIfAbsent(new TableId(schema.toString(), table.toString()), any -> new Tally());
            tally.records++;
            tally.oldestMillis = tally.records == 1 ? millis : Math.min(tally.oldestMillis, millis);
        }
        return millis;
    }

    private static List<TableLag> lags(Map<TableId, Tally> tallies, long nowMillis) {
        return tallies.entrySet().stream()
                .map(entry -> new TableLag(
                        entry.getKey(),
                        entry.getValue().records,
                        Math.max(0, nowMillis - entry.getValue().oldestMillis) / 1000.0))
                .toList();
    }

    /** The record's field {@code source}; null when it has none. */
    private GenericRecord source(byte[] value) {
        try {
            GenericDatumReader<GenericRecord> reader =
                    readers.computeIfAbsent(WireFormat.readId(value), this::sourceOnly);
            int length = value.length - WireFormat.HEADER_LENGTH;
            GenericRecord whole = reader.read(
                    null, DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_LENGTH, length, null));
            return whole.hasField("source") && whole.get("source") instanceof GenericRecord source ? source : null;
        } catch (IOException | AvroRuntimeException e) {
            return null;
        }
    }

    /** Reads just that field, whatever columns stand before it. */
    private GenericDatumReader<GenericRecord> sourceOnly(int id) {
        Schema written = kafka.schemaIds().byId(id);
        Schema wanted = Schema.createRecord(written.getName(), null, written.getNamespace(), false);
        Schema.Field source = written.getField("source");
        wanted.setFields(source == null ? List.of() : List.of(new Schema.Field(source, source.schema())));
        return new GenericDatumReader<>(written, wanted);
    }
}
