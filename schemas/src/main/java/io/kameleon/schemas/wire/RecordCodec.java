package io.kameleon.schemas.wire;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * One generated record type of one topic in the wire format: state, progress, schema changes and their keys.
 *
 * <p>Reads what older and newer versions wrote, by Avro's schema resolution: fields that the writer lacked take their default,
 * fields unknown here are passed over.
 *
 * <p>Equal records give equal bytes as long as the registry keeps the schema's number, so an encoded key serves compaction.
 * One thread only.
 */
public final class RecordCodec<T extends SpecificRecord> {
    private final SchemaIds schemaIds;
    private final String topic;
    private final Class<T> type;
    private final Schema schema;
    private final String subject;
    private final SpecificDatumWriter<T> writer;
    private final Map<Integer, SpecificDatumReader<T>> readerById = new HashMap<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(512);
    private final AvroOutput framed = new AvroOutput(512);
    private Integer schemaId;
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    /** @param topic where the records go: it gives the subject */
    public RecordCodec(SchemaIds schemaIds, String topic, Class<T> type) {
        this.schemaIds = requireNonNull(schemaIds, "schemaIds");
        this.topic = requireNonNull(topic, "topic");
        this.type = requireNonNull(type, "type");
        this.schema = SpecificData.get().getSchema(type);
        this.subject = Subjects.of(topic, schema);
        this.writer = new SpecificDatumWriter<>(schema, SpecificData.getForClass(type));
    }

    /**
     * The record in the wire format, in an array of its own. Registers the schema the first time.
     *
     * @throws ReplicationException REGISTRY_UNREACHABLE (retry)
     */
    public byte[] encode(T record) {
        if (schemaId == null) {
            schemaId = schemaIds.register(subject, schema);
        }
        content.reset();
        try {
            encoder = EncoderFactory.get().binaryEncoder(content, encoder);
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail to take bytes", e);
        }
        byte[] avro = content.toByteArray();
        framed.reset();
        WireFormat.writeHeader(framed, schemaId);
        framed.writeRaw(avro, 0, avro.length);
        return framed.toByteArray();
    }

    /**
     * Whether the record was written as this type, by its schema's full name.
     *
     * @throws ReplicationException RECORD_MALFORMED, REGISTRY_UNREACHABLE (retry)
     */
    public boolean isOfThisType(byte[] framedRecord) {
        return schema.getFullName()
                .equals(schemaIds.byId(WireFormat.readId(framedRecord)).getFullName());
    }

    /** @throws ReplicationException RECORD_MALFORMED when it is not such a record, REGISTRY_UNREACHABLE (retry) */
    public T decode(byte[] framedRecord) {
        int id = WireFormat.readId(framedRecord);
        try {
            SpecificDatumReader<T> reader = readerById.computeIfAbsent(id, this::newReader);
            int length = framedRecord.length - WireFormat.HEADER_LENGTH;
            decoder = DecoderFactory.get().binaryDecoder(framedRecord, WireFormat.HEADER_LENGTH, length, decoder);
            T record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw malformed(id, null);
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw malformed(id, e);
        }
    }

    private SpecificDatumReader<T> newReader(int id) {
        return new SpecificDatumReader<>(schemaIds.byId(id), schema, SpecificData.getForClass(type));
    }

    private ReplicationException malformed(int id, Exception cause) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED,
                "A record is not a " + type.getSimpleName(),
                Map.of("topic", topic, "schema_id", id),
                "Check what else writes to the topic.",
                cause);
    }
}
