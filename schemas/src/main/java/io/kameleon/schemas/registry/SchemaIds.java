package io.kameleon.schemas.registry;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Iterator;
import org.apache.avro.Schema;

/**
 * The registry as the wire format needs it: a number for every schema, and the schema for every number. Thread-safe.
 *
 * <p>{@link #register} answers from memory once a schema is known; the first call for a schema talks to the registry. What stands
 * in a loop over records keeps the number: finding it again takes the schema's text.
 *
 * <p>Errors: {@code REGISTRY_UNREACHABLE} when the registry does not answer (retry), {@code RECORD_MALFORMED} when it
 * has no schema of that number or none that is Avro, {@code CONFIGURATION_INVALID} when it denies access or refuses the
 * schema for good.
 */
public interface SchemaIds {
    /**
     * Registers the schema under the subject when it is new there, and returns its number in either case.
     *
     * <p>Any schema is taken whatever stood under the subject before: tables change in ways that no compatibility rule
     * allows (F49), and a reader of the topic takes each record by its own schema.
     */
    int register(String subject, Schema schema);

    /**
     * Makes the first {@link #register} of each of these cheap, where the registry takes many schemas at once. A registry that takes
     * them one by one is left alone: there each schema is registered when it is first used.
     *
     * <p>Schemas are taken from the iterator as they are needed, so that those of many tables need not be in memory together. When it
     * fails, some may be registered and others not; it can be called again.
     */
    void prepare(Iterator<Registration> registrations);

    /** A schema under its subject. */
    record Registration(String subject, Schema schema) {}

    /** The schema of a record whose frame holds {@code id}. Made anew when it was not asked for in a while: keep what you build of it. */
    Schema byId(int id);

    /** Numbers from a registry, with a cache in front of it. The client stays the caller's to close. */
    static SchemaIds over(SchemaRegistryClient client) {
        return new CachedSchemaIds(client);
    }
}
