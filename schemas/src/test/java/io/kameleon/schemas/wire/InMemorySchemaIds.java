package io.kameleon.schemas.wire;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.registry.SchemaIds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry of one test: the id is the order of registration, from 1. */
public final class InMemorySchemaIds implements SchemaIds {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public void prepare(Iterator<Registration> registrations) {
        registrations.forEachRemaining(r -> register(r.subject(), r.schema()));
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new ReplicationException(
                    ErrorCode.RECORD_MALFORMED, "no such schema", Map.of("schema_id", id), "None.");
        }
        return schemas.get(id - 1);
    }
}
