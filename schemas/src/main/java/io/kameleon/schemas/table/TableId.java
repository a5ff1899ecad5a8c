package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

/** A table of the source, as the source spells it. Case matters: whether it does on the server is the reader's concern. */
public record TableId(String schema, String name) implements Comparable<TableId> {
    public TableId {
        requireNonNull(schema, "schema");
        requireNonNull(name, "name");
    }

    @Override
    public int compareTo(TableId other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** {@code schema.name}, for people: not unique when a name holds a dot, so never parse it. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
