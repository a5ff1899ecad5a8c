package io.kameleon.admin;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A kind of column that is more than its type.
 *
 * @param columns of the table, as CREATE TABLE has them
 * @param insert  what stands behind {@code INSERT INTO <table>}
 * @param update  what stands behind {@code UPDATE <table> SET}
 */
record FidelityForm(String name, String edges, Set<SourceKind> servers, String columns, String insert, String update) {
    private static final Set<SourceKind> BOTH = EnumSet.allOf(SourceKind.class);

    static List<FidelityForm> on(SourceKind kind) {
        return all().stream().filter(form -> form.servers.contains(kind)).toList();
    }

    static List<FidelityForm> all() {
        return List.of(
                new FidelityForm(
                        "Generated, stored",
                        "its value as a plain column, also in keys",
                        BOTH,
                        "n INT PRIMARY KEY, v BIGINT GENERATED ALWAYS AS (n * 2) STORED, UNIQUE KEY (v)",
                        "(n) VALUES (1), (-2147483648)",
                        "n = n + 1"),
                new FidelityForm(
                        "Generated, virtual",
                        "its value as a plain column, also without a key",
                        BOTH,
                        "n INT, v VARCHAR(20) GENERATED ALWAYS AS (CONCAT('n', n)) VIRTUAL",
                        "(n) VALUES (1), (1), (NULL)",
                        "n = 2"),
                new FidelityForm(
                        "Invisible",
                        "a plain column",
                        BOTH,
                        "n INT PRIMARY KEY, v INT DEFAULT 7 INVISIBLE",
                        "(n, v) VALUES (1, 1), (2, DEFAULT)",
                        "v = v + 1"),
                new FidelityForm(
                        "Generated invisible primary key",
                        "my_row_id as a plain column and as the key",
                        EnumSet.of(SourceKind.MYSQL),
                        "v INT",
                        "(v) VALUES (1), (1), (NULL)",
                        "v = 3"),
                new FidelityForm(
                        "SERIAL",
                        "BIGINT UNSIGNED, -1 as 0 refused, values beyond 2^63",
                        BOTH,
                        "v SERIAL, n INT",
                        "(v, n) VALUES (NULL, 1), (18446744073709551614, 2)",
                        "n = n + 1"));
    }

    String table() {
        return "form_" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "_");
    }

    String create() {
        return "CREATE TABLE " + table() + " (" + columns + ")";
    }

    String fill() {
        return "INSERT INTO " + table() + " " + insert;
    }

    String change() {
        return "UPDATE " + table() + " SET " + update + " LIMIT 1";
    }
}
