package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.record.TableRequest;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks the reader of a source for something, wherever it runs. One thread only. */
public final class RequestTopic implements AutoCloseable {
    private static final long WAIT_SECONDS_MAX = 30;

    private final String source;
    private final String topic;
    private final RecordCodec<TableRequest> codec;
    private final KafkaProducer<byte[], byte[]> producer;

    public RequestTopic(ReaderSettings settings) {
        source = settings.source();
        topic = settings.topics().requests(source);
        codec = new RecordCodec<>(settings.schemaIds(), topic, TableRequest.class);
        var properties = new HashMap<>(settings.kafka());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(1L << 20));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Asks for the table's definition. A request may get lost when the reader starts meanwhile: repeat it until it is answered, with
     * a schema change of type STATED.
     *
     * @throws ReplicationException BROKER_UNREACHABLE, REGISTRY_UNREACHABLE (retry)
     */
    public void askForDefinition(TableId table, String request) {
        byte[] value = codec.encode(new TableRequest(table.schema(), table.name(), request));
        try {
            producer.send(new ProducerRecord<>(topic, 0, null, value)).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new ReplicationException(
                    ErrorCode.BROKER_UNREACHABLE,
                    "The reader cannot be asked: " + e.getMessage(),
                    Map.of("source", source, "topic", topic),
                    "It is tried again by itself; check the brokers if this goes on.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE, "Interrupted", Map.of("source", source), "Run it again.", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
