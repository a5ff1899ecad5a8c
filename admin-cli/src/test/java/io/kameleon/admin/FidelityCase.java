package io.kameleon.admin;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A type of the source with its boundary values, in the places that a column can have: four tables that are copied and one that the
 * stream makes.
 *
 * @param type     as CREATE TABLE has it; {@code %1$s} in a definition of several columns stands for the table
 * @param postgres as {@code format_type} names the type in PostgreSQL; {@code enum} for a native enum type
 * @param edges    what the values are, for the report
 * @param keyed    literals that differ from each other in a unique key; empty when the type cannot be in one
 * @param others   literals that only a column without a unique key can have; NULL comes by itself
 * @param servers  that have the type
 */
record FidelityCase(
        String type, String postgres, String edges, List<String> keyed, List<String> others, Set<SourceKind> servers) {
    /** Rows have n = 0, 1, ... in the order of the literals. */
    enum Place {
        PLAIN("n INT PRIMARY KEY, v %s NULL"),
        KEYLESS("n INT, v %s NULL"),
        UNIQUE("n INT PRIMARY KEY, v %s NULL, UNIQUE KEY by_v (v)"),
        KEY("n INT, v %s NOT NULL, PRIMARY KEY (v)"),
        /** As PLAIN, made while the replica runs. */
        STREAMED("n INT PRIMARY KEY, v %s NULL");

        private final String columns;

        Place(String columns) {
            this.columns = columns;
        }

        boolean isKey() {
            return this == UNIQUE || this == KEY;
        }
    }

    FidelityCase {
        requireNonNull(type, "type");
        requireNonNull(postgres, "postgres");
        requireNonNull(edges, "edges");
        keyed = List.copyOf(keyed);
        others = List.copyOf(others);
        servers = Set.copyOf(servers);
    }

    String table(Place place) {
        String name = type.length() > 40 ? type.substring(0, 30) + "_" + Integer.toHexString(type.hashCode()) : type;
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_"
                + place.name().toLowerCase(Locale.ROOT);
    }

    List<Place> places() {
        return keyed.isEmpty()
                ? List.of(Place.PLAIN, Place.KEYLESS)
                : List.of(Place.PLAIN, Place.KEYLESS, Place.UNIQUE, Place.KEY);
    }

    String create(Place place) {
        return "CREATE TABLE " + table(place) + " (" + place.columns.formatted(type) + ") CHARACTER SET utf8mb4";
    }

    List<String> literals(Place place) {
        var literals = new ArrayList<>(keyed);
        if (!place.isKey()) {
            literals.addAll(others);
        }
        if (place != Place.KEY) {
            literals.add("NULL");
        }
        return literals;
    }

    String insert(Place place) {
        List<String> literals = literals(place);
        var rows = new ArrayList<String>();
        for (int i = 0; i < literals.size(); i++) {
            rows.add("(" + i + ", " + literals.get(i) + ")");
        }
        return "INSERT INTO " + table(place) + " (n, v) VALUES " + String.join(", ", rows);
    }

    /** Changes of keys, of other values, and of one of several equal rows; the table keeps at least one row. */
    List<String> changes(Place place) {
        List<String> literals = literals(place);
        int last = literals.size() - 1;
        String table = table(place);
        var changes = new ArrayList<String>();
        if (place.isKey()) {
            changes.add("DELETE FROM " + table + " WHERE n = " + last);
            changes.add("UPDATE " + table + " SET v = " + literals.get(last) + " WHERE n = 0");
            changes.add("UPDATE " + table + " SET n = n + 100");
        } else {
            for (int i = 0; i <= last; i++) {
                String next = literals.get((i + 1) % literals.size());
                changes.add("UPDATE " + table + " SET v = " + next + " WHERE n = " + i);
            }
        }
        if (place == Place.KEYLESS) {
            changes.add("INSERT INTO " + table + " SELECT * FROM " + table);
            changes.add("DELETE FROM " + table + " WHERE n = 0 LIMIT 1");
            changes.add("UPDATE " + table + " SET n = 200 WHERE n = " + last + " LIMIT 1");
        }
        return changes;
    }

    boolean isOn(SourceKind kind) {
        return servers.contains(kind);
    }
}
