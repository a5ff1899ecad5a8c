package io.kameleon.schemas.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * A schema registry without a server: the schemas are in a compacted Kafka topic, in the layout of Confluent's own registry,
 * which can take the topic over.
 *
 * <p>Any number of processes share the topic and agree on ids and versions. Every question about a subject is answered from all
 * that was committed before it was asked; a schema once seen by its id is answered from memory.
 *
 * <p>Avro only, and every schema is compatible with every other: the level is NONE, for tables change in any way (F49).
 * Deleting a subject leaves its schemas readable by id, because rows may need them. What a registry server does beyond
 * that raises {@link UnsupportedOperationException}.
 *
 * <p>Thread-safe. Errors: {@link IOException} when Kafka does not answer (retry), {@link RestClientException} with the
 * codes of a registry server, e.g. 40403 for an unknown schema.
 */
public final class TopicSchemaRegistry implements SchemaRegistryClient {
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int INVALID_SCHEMA = 42201;
    private static final int SCHEMA_TOO_LARGE = 42209;
    private static final String LEVEL = "NONE";
    /** Parsed schemas, kilobytes for each column; the others are parsed again when they are asked for. */
    private static final int PARSED_KEPT = 500;
    /** Schemas that are registered in one Kafka transaction. */
    private static final int REGISTERED_AT_ONCE = 500;

    private final SchemaTopic topic;
    private final SchemaLedger ledger;
    private final RecentlyUsed<Integer, ParsedSchema> parsedById = new RecentlyUsed<>(PARSED_KEPT);

    private TopicSchemaRegistry(SchemaTopic topic, SchemaLedger ledger) {
        this.topic = topic;
        this.ledger = ledger;
    }

    /**
     * Creates the topic when it is missing, and reads it whole.
     *
     * @throws ReplicationException REGISTRY_UNREACHABLE (retry); BROKER_SETTING when the topic is not compacted; RECORD_MALFORMED
     *     when something else writes to it
     */
    public static TopicSchemaRegistry open(RegistrySettings.Topic settings) {
        new SchemaTopicCreation(settings).ensureCompactedTopic();
        var ledger = new SchemaLedger();
        var topic = new SchemaTopic(settings, ledger);
        try {
            topic.catchUp();
            return new TopicSchemaRegistry(topic, ledger);
        } catch (IOException e) {
            topic.close();
            throw SchemaTopic.unreachable(settings, e);
        } catch (RuntimeException e) {
            topic.close();
            throw e;
        }
    }

    @Override
    public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
        String text = avroText(schema);
        Optional<StoredSchema> known = ledger.find(subject, text);
        return known.isPresent() ? known.get().id() : append(subject, text);
    }

    /**
     * Registers many schemas, hundreds in one Kafka transaction. When it fails, those of earlier transactions stay registered.
     *
     * @param registrations consumed step by step
     */
    void registerAll(Iterator<SchemaIds.Registration> registrations) throws IOException, RestClientException {
        while (registrations.hasNext()) {
            var unknown = new ArrayList<SchemaLedger.Wanted>();
            while (registrations.hasNext() && unknown.size() < REGISTERED_AT_ONCE) {
                SchemaIds.Registration next = registrations.next();
                String text = avroText(new AvroSchema(next.schema()));
                if (ledger.find(next.subject(), text).isEmpty()) {
                    unknown.add(new SchemaLedger.Wanted(next.subject(), text));
                }
            }
            append(unknown);
        }
    }

    private int append(String subject, String text) throws IOException, RestClientException {
        append(List.of(new SchemaLedger.Wanted(subject, text)));
        return ledger.find(subject, text)
                .orElseThrow(() -> notFound("Schema", SCHEMA_NOT_FOUND))
                .id();
    }

    private void append(List<SchemaLedger.Wanted> wanted) throws IOException, RestClientException {
        try {
            topic.append(() -> ledger.proposals(wanted).stream()
                    .map(s -> new SchemaTopic.Addition(SchemaTopicFormat.key(s), SchemaTopicFormat.value(s)))
                    .toList());
        } catch (RecordTooLargeException e) {
            throw new RestClientException("The schema is too large for the topic", 422, SCHEMA_TOO_LARGE);
        }
    }

    @Override
    public int register(String subject, ParsedSchema schema, boolean normalize)
            throws IOException, RestClientException {
        return register(subject, normalize ? schema.normalize() : schema);
    }

    @Override
    public RegisterSchemaResponse registerWithResponse(
            String subject, ParsedSchema schema, boolean normalize, boolean propagateSchemaTags)
            throws IOException, RestClientException {
        return new RegisterSchemaResponse(register(subject, schema, normalize));
    }

    @Override
    public int register(String subject, ParsedSchema schema, int version, int id) {
        throw unsupported("register(subject, schema)");
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
        ParsedSchema parsed = parsedById.get(id);
        return parsed != null ? parsed : parse(id);
    }

    private ParsedSchema parse(int id) throws IOException, RestClientException {
        if (ledger.byId(id).isEmpty()) {
            topic.catchUp();
        }
        StoredSchema stored = ledger.byId(id).orElseThrow(() -> notFound("Schema " + id, SCHEMA_NOT_FOUND));
        if (!stored.type().equals(StoredSchema.AVRO)) {
            throw new RestClientException("Schema " + id + " is of type " + stored.type(), 422, INVALID_SCHEMA);
        }
        var parsed = new AvroSchema(stored.text().inflated());
        parsedById.put(id, parsed);
        return parsed;
    }

    @Override
    public ParsedSchema getSchemaBySubjectAndId(String subject, int id) throws IOException, RestClientException {
        return getSchemaById(id);
    }

    @Override
    public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
        return existing(subject, schema).id();
    }

    @Override
    public int getId(String subject, ParsedSchema schema, boolean normalize) throws IOException, RestClientException {
        return getId(subject, normalize ? schema.normalize() : schema);
    }

    @Override
    public int getVersion(String subject, ParsedSchema schema) throws IOException, RestClientException {
        return existing(subject, schema).version();
    }

    @Override
    public int getVersion(String subject, ParsedSchema schema, boolean normalize)
            throws IOException, RestClientException {
        return getVersion(subject, normalize ? schema.normalize() : schema);
    }

    private StoredSchema existing(String subject, ParsedSchema schema) throws IOException, RestClientException {
        String text = avroText(schema);
        if (ledger.find(subject, text).isEmpty()) {
            topic.catchUp();
        }
        return ledger.find(subject, text).orElseThrow(() -> notFound("Schema", SCHEMA_NOT_FOUND));
    }

    @Override
    public SchemaMetadata getLatestSchemaMetadata(String subject) throws IOException, RestClientException {
        List<StoredSchema> versions = versions(subject);
        return metadata(versions.get(versions.size() - 1));
    }

    @Override
    public SchemaMetadata getSchemaMetadata(String subject, int version) throws IOException, RestClientException {
        for (StoredSchema schema : versions(subject)) {
            if (schema.version() == version) {
                return metadata(schema);
            }
        }
        throw notFound("Version " + version, VERSION_NOT_FOUND);
    }

    @Override
    public SchemaMetadata getSchemaMetadata(String subject, int version, boolean lookupDeletedSchema)
            throws IOException, RestClientException {
        return getSchemaMetadata(subject, version);
    }

    @Override
    public List<Integer> getAllVersions(String subject) throws IOException, RestClientException {
        return versions(subject).stream().map(StoredSchema::version).toList();
    }

    private List<StoredSchema> versions(String subject) throws IOException, RestClientException {
        topic.catchUp();
        List<StoredSchema> versions = ledger.versions(subject);
        if (versions.isEmpty()) {
            throw notFound("Subject '" + subject + "'", SUBJECT_NOT_FOUND);
        }
        return versions;
    }

    @Override
    public Collection<String> getAllSubjects() throws IOException {
        topic.catchUp();
        return ledger.subjects();
    }

    @Override
    public Collection<String> getAllSubjectsByPrefix(String subjectPrefix) throws IOException {
        return getAllSubjects().stream()
                .filter(s -> s.startsWith(subjectPrefix))
                .toList();
    }

    @Override
    public Collection<String> getAllSubjectsById(int id) throws IOException {
        return getAllVersionsById(id).stream()
                .map(SubjectVersion::getSubject)
                .distinct()
                .toList();
    }

    @Override
    public Collection<SubjectVersion> getAllVersionsById(int id) throws IOException {
        topic.catchUp();
        return ledger.versionsOfId(id).stream()
                .map(s -> new SubjectVersion(s.subject(), s.version()))
                .toList();
    }

    @Override
    public boolean testCompatibility(String subject, ParsedSchema schema) {
        return true;
    }

    @Override
    public List<String> testCompatibilityVerbose(String subject, ParsedSchema schema, boolean normalize) {
        return List.of();
    }

    @Override
    public Config getConfig(String subject) {
        return new Config(LEVEL);
    }

    @Override
    public Config updateConfig(String subject, Config config) {
        if (!LEVEL.equals(config.getCompatibilityLevel())) {
            throw unsupported("the compatibility level " + LEVEL);
        }
        return config;
    }

    /** Marks all versions as deleted; the schemas stay readable by id. */
    @Override
    public List<Integer> deleteSubject(Map<String, String> requestProperties, String subject, boolean isPermanent)
            throws IOException, RestClientException {
        return deleteSubject(subject, isPermanent);
    }

    @Override
    public List<Integer> deleteSubject(String subject, boolean isPermanent) throws IOException, RestClientException {
        if (isPermanent) {
            throw unsupported("deleteSubject(subject): rows in the topics may still need the schemas");
        }
        List<Integer> versions = getAllVersions(subject);
        topic.append(() -> deletion(subject));
        return versions;
    }

    private List<SchemaTopic.Addition> deletion(String subject) {
        List<StoredSchema> live = ledger.versions(subject);
        if (live.isEmpty()) {
            return List.of();
        }
        var deleted = new SchemaTopicFormat.SubjectDeleted(
                subject, live.get(live.size() - 1).version());
        return List.of(new SchemaTopic.Addition(SchemaTopicFormat.key(deleted), SchemaTopicFormat.value(deleted)));
    }

    /** Empty when the text is not an Avro schema. */
    @Override
    public Optional<ParsedSchema> parseSchema(
            String schemaType, String schemaString, List<SchemaReference> references) {
        if (!references.isEmpty()) {
            throw unsupported("schemas that hold all their types");
        }
        if (schemaType != null && !schemaType.equals(StoredSchema.AVRO)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AvroSchema(schemaString));
        } catch (SchemaParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String getMode() {
        return "READWRITE";
    }

    @Override
    public String getMode(String subject) {
        return getMode();
    }

    @Override
    public String setMode(String mode) {
        throw unsupported("the mode READWRITE");
    }

    @Override
    public String setMode(String mode, String subject) {
        return setMode(mode);
    }

    /** Does nothing: what is remembered of the topic never goes stale. */
    @Override
    public void reset() {}

    @Override
    public void close() {
        topic.close();
    }

    private static String avroText(ParsedSchema schema) throws RestClientException {
        if (!schema.schemaType().equals(StoredSchema.AVRO)
                || !schema.references().isEmpty()) {
            throw new RestClientException("Only Avro schemas without references are kept", 422, INVALID_SCHEMA);
        }
        return schema.canonicalString();
    }

    private static SchemaMetadata metadata(StoredSchema schema) {
        return new SchemaMetadata(schema.id(), schema.version(), schema.text().inflated());
    }

    private static RestClientException notFound(String what, int code) {
        return new RestClientException(what + " not found", 404, code);
    }

    private static UnsupportedOperationException unsupported(String instead) {
        return new UnsupportedOperationException("the schema topic has no such operation; use " + instead);
    }
}
