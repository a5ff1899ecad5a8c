package io.kameleon.benchmarks.peer;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Avro in Confluent's wire format for a Kafka Connect worker. Confluent's own converter is not on Maven Central; this one is put
 * together from the same parts: Confluent's serializers, and the translation of Connect's schemas and values in the copy that
 * Apicurio publishes.
 *
 * <p>Apicurio's whole converter is there too, but it writes the schema out as text for every record: it would hold the peer
 * back. Kafka Connect creates one converter per task and side, and uses it from the task's thread.
 */
public final class AvroDataConverter implements Converter {
    private static final int SCHEMAS_MAX = 1_000;

    private final AvroData avro = new AvroData(SCHEMAS_MAX);
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        serializer.configure(settings, isKey);
        deserializer.configure(settings, isKey);
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        return value == null ? null : serializer.serialize(topic, avro.fromConnectData(schema, value));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        if (deserializer.deserialize(topic, bytes) instanceof GenericContainer value) {
            return avro.toConnectData(value.getSchema(), value);
        }
        throw new DataException("a value of " + topic + " is not an Avro record");
    }
}
