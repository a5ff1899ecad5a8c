package io.kameleon.catalogue.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** The place of an error in the order in which a message names it, which {@code Map.of} does not keep. */
final class Where {
    private Where() {}

    static Map<String, Object> of(String firstName, Object first, String secondName, Object second) {
        var where = new LinkedHashMap<String, Object>();
        where.put(firstName, first);
        where.put(secondName, second);
        return where;
    }
}
