package io.kameleon.reader.server;

import java.util.HashMap;
import java.util.Map;

/**
 * A MariaDB GTID position such as {@code 0-1-57,2-1-9}: per domain, the last transaction.
 *
 * @param sequences domain to sequence number
 */
record MariaDbGtids(Map<Long, Long> sequences) {
    MariaDbGtids {
        sequences = Map.copyOf(sequences);
    }

    static MariaDbGtids parse(String text) {
        var sequences = new HashMap<Long, Long>();
        for (String gtid : text.split(",")) {
            if (gtid.isBlank()) {
                continue;
            }
            String[] parts = gtid.strip().split("-");
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a MariaDB GTID position: '" + text + "'");
            }
            sequences.merge(Long.parseLong(parts[0]), Long.parseLong(parts[2]), Math::max);
        }
        return new MariaDbGtids(sequences);
    }

    /** Whether this position is at or after the other one in each of the other's domains. */
    boolean reaches(MariaDbGtids other) {
        return other.sequences.entrySet().stream()
                .allMatch(e -> sequences.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }
}
