package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.IndexDefinition.Kind;
import io.kameleon.schemas.table.IndexDefinition.Part;
import java.util.List;

/**
 * A secondary index as a statement declares it.
 *
 * @param name     empty when the server names it
 * @param existing what to do when one of that name exists
 */
record IndexSpec(String name, Kind kind, List<Part> parts, Existing existing) {
    IndexSpec {
        parts = List.copyOf(parts);
    }

    enum Existing {
        FAIL,
        KEEP,
        REPLACE
    }
}
