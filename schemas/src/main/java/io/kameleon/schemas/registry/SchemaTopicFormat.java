package io.kameleon.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.util.Map;

/**
 * The JSON of the schema topic's records, as Confluent's registry 7.9 writes it: classes SchemaKey, SchemaValue,
 * DeleteSubjectKey and DeleteSubjectValue of its storage package. Thread-safe.
 */
final class SchemaTopicFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaTopicFormat() {}

    /** What one record says. */
    sealed interface Entry {}

    /** A version is there, live or marked deleted. */
    record Stored(StoredSchema schema) implements Entry {}

    /** A version has been removed for good, by a tombstone. */
    record Removed(String subject, int version) implements Entry {}

    /** All versions up to this one are marked deleted. */
    record SubjectDeleted(String subject, int lastVersion) implements Entry {}

    /** Compatibility levels, modes and no-operations: without meaning here. */
    record Other() implements Entry {}

    static byte[] key(StoredSchema schema) {
        ObjectNode key = subjectKey("SCHEMA", schema.subject());
        return bytes(key.put("version", schema.version()).put("magic", 1));
    }

    static byte[] value(StoredSchema schema) {
        ObjectNode value = JSON.createObjectNode()
                .put("subject", schema.subject())
                .put("version", schema.version())
                .put("id", schema.id())
                .put("schema", schema.text().inflated());
        if (!schema.type().equals(StoredSchema.AVRO)) {
            value.put("schemaType", schema.type());
        }
        return bytes(value.put("deleted", schema.deleted()));
    }

    static byte[] key(SubjectDeleted deleted) {
        return bytes(subjectKey("DELETE_SUBJECT", deleted.subject()).put("magic", 0));
    }

    static byte[] value(SubjectDeleted deleted) {
        return bytes(JSON.createObjectNode().put("subject", deleted.subject()).put("version", deleted.lastVersion()));
    }

    /**
     * @param value null for a tombstone
     * @param place topic and offset, for the message
     * @throws ReplicationException RECORD_MALFORMED
     */
    static Entry read(byte[] key, byte[] value, Map<String, ?> place) {
        try {
            JsonNode keyNode = JSON.readTree(key == null ? new byte[0] : key);
            return switch (keyNode.path("keytype").asText()) {
                case "SCHEMA" -> value == null ? removed(keyNode) : new Stored(stored(JSON.readTree(value)));
                case "DELETE_SUBJECT" -> value == null ? new Other() : subjectDeleted(JSON.readTree(value));
                default -> new Other();
            };
        } catch (IOException | IllegalArgumentException e) {
            throw new ReplicationException(
                    ErrorCode.RECORD_MALFORMED,
                    "A record of the schema topic is not one of a schema registry",
                    place,
                    "Give this deployment a schema topic of its own.",
                    e);
        }
    }

    private static StoredSchema stored(JsonNode value) {
        return new StoredSchema(
                text(value, "subject"),
                number(value, "version"),
                number(value, "id"),
                value.path("schemaType").asText(StoredSchema.AVRO),
                SchemaText.of(text(value, "schema")),
                value.path("deleted").asBoolean(false));
    }

    private static Removed removed(JsonNode key) {
        return new Removed(text(key, "subject"), number(key, "version"));
    }

    private static SubjectDeleted subjectDeleted(JsonNode value) {
        return new SubjectDeleted(text(value, "subject"), number(value, "version"));
    }

    private static ObjectNode subjectKey(String type, String subject) {
        return JSON.createObjectNode().put("keytype", type).put("subject", subject);
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException("no text in field " + field);
        }
        return node.path(field).textValue();
    }

    private static int number(JsonNode node, String field) {
        if (!node.path(field).canConvertToInt() || !node.path(field).isNumber()) {
            throw new IllegalArgumentException("no number in field " + field);
        }
        return node.path(field).intValue();
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of texts and numbers always has a JSON form", e);
        }
    }
}
