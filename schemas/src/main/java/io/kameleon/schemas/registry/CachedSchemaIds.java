package io.kameleon.schemas.registry;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Schema ids from a registry client, remembered for as long as this object lives: as many as there are table versions, so by a
 * digest of the schema's text and not by the schema, which takes kilobytes for every column. Of schemas looked up by id only the
 * latest are kept.
 *
 * <p>Thread-safe; two threads that ask for the same new schema at once may both ask the registry, which gives one id.
 */
final class CachedSchemaIds implements SchemaIds {
    private static final int CONFLICT = 409;
    private static final int SCHEMAS_KEPT = 500;

    private final SchemaRegistryClient client;
    private final Map<Registered, Integer> idByRegistration = new ConcurrentHashMap<>();
    private final RecentlyUsed<Integer, Schema> schemaById = new RecentlyUsed<>(SCHEMAS_KEPT);

    /** @param digest of the schema's text, SHA-256 */
    private record Registered(String subject, ByteBuffer digest) {
        static Registered of(String subject, Schema schema) {
            return new Registered(subject, TextDigest.of(schema.toString()));
        }
    }

    CachedSchemaIds(SchemaRegistryClient client) {
        this.client = requireNonNull(client, "client");
    }

    @Override
    public int register(String subject, Schema schema) {
        Registered registration = Registered.of(subject, schema);
        Integer id = idByRegistration.get(registration);
        if (id == null) {
            id = ask(Map.of("subject", subject), () -> registerAnyway(subject, new AvroSchema(schema)));
            idByRegistration.put(registration, id);
        }
        return id;
    }

    @Override
    public void prepare(Iterator<Registration> registrations) {
        if (client instanceof TopicSchemaRegistry topic) {
            ask(Map.of(), () -> {
                topic.registerAll(registrations);
                return null;
            });
        }
    }

    /** A registry with a compatibility rule refuses what a table may do; the subject is ours, so the rule goes. */
    private int registerAnyway(String subject, AvroSchema schema) throws IOException, RestClientException {
        try {
            return client.register(subject, schema);
        } catch (RestClientException e) {
            if (e.getStatus() != CONFLICT) {
                throw e;
            }
            client.updateCompatibility(subject, "NONE");
            return client.register(subject, schema);
        }
    }

    @Override
    public Schema byId(int id) {
        Schema schema = schemaById.get(id);
        if (schema == null) {
            Map<String, Integer> where = Map.of("schema_id", id);
            schema = avro(ask(where, () -> client.getSchemaById(id)), where);
            schemaById.put(id, schema);
        }
        return schema;
    }

    private static Schema avro(ParsedSchema parsed, Map<String, ?> where) {
        if (parsed instanceof AvroSchema avro) {
            return avro.rawSchema();
        }
        throw new ReplicationException(
                ErrorCode.RECORD_MALFORMED,
                "A record's schema is of type " + parsed.schemaType() + ", not Avro",
                where,
                "Check what else writes to the topic.");
    }

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    private static <T> T ask(Map<String, ?> where, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw unreachable(where, e);
        } catch (RestClientException e) {
            throw refused(where, e);
        }
    }

    private static ReplicationException refused(Map<String, ?> where, RestClientException e) {
        int status = e.getStatus();
        if (status >= 500 || status == 408 || status == 429) {
            return unreachable(where, e);
        }
        if (status == 404) {
            return new ReplicationException(
                    ErrorCode.RECORD_MALFORMED,
                    "The schema registry does not know a record's schema",
                    where,
                    "Check that schema_registry names the registry that the topic was written with.",
                    e);
        }
        return new ReplicationException(
                ErrorCode.CONFIGURATION_INVALID,
                "The schema registry refuses the request with status " + status,
                where,
                status == 401 || status == 403
                        ? "Check the credentials and rights under schema_registry."
                        : "Let the registry accept any Avro schema under this subject: compatibility NONE, no rules.",
                e);
    }

    private static ReplicationException unreachable(Map<String, ?> where, Exception cause) {
        return new ReplicationException(
                ErrorCode.REGISTRY_UNREACHABLE,
                "The schema registry does not answer",
                where,
                "Check that it runs and that schema_registry names it.",
                cause);
    }
}
