package io.kameleon.catalogue.config;

import java.util.List;

/** Reads the lists of tables of a configuration file. */
final class TableLists {
    private static final String ALL = "*";

    private TableLists() {}

    static List<TablePattern> some(ConfigNode node, String name) {
        return node.list(name, TablePattern::parse);
    }

    /** Empty when every table is meant: the key is absent, or its first entry is {@code *} as in pg_chameleon. */
    static List<TablePattern> allOrSome(ConfigNode node, String name) {
        List<String> entries = node.list(name, entry -> {
            if (!entry.equals(ALL)) {
                TablePattern.parse(entry);
            }
            return entry;
        });
        return entries.contains(ALL)
                ? List.of()
                : entries.stream().map(TablePattern::parse).toList();
    }
}
