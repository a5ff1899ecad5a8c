package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.registry.SchemaIds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/** A registry in memory. */
final class ListedSchemas implements SchemaIds {
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
        registrations.forEachRemaining(one -> register(one.subject(), one.schema()));
    }

    @Override
    public synchronized Schema byId(int id) {
        return schemas.get(id - 1);
    }
}
