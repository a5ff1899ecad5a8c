package io.kameleon.schemas.registry;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.avro.Schema;

/**
 * The registry as the wire format needs it: a number for every schema, and the schema for every number. Thread-safe.
 *
 * <p>Both calls answer from memory once a schema is known, so they may stand in a loop over records; the first call for a schema
 * talks to the registry.
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

    /** The schema of a record whose frame holds {@code id}. The same instance each time. */
    Schema byId(int id);

    /** Numbers from a registry, with a cache in front of it. The client stays the caller's to close. */
    static SchemaIds over(SchemaRegistryClient client) {
        return new CachedSchemaIds(client);
    }
}
