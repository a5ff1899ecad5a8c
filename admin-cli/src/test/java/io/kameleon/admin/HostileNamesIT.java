package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, columns and indexes of any name that the source accepts: copied, streamed, altered (F64, F65, F66). */
class HostileNamesIT {
    private static final long SEED = 20_260_131;
    private static final int TABLES = 12;
    private static final int COLUMNS = 4;
    private static final String LETTERS = "aB0_$ .-\"'\\;:,()%{}[]?&*!#@~|<>/=+ßüЖ日";
    private static final List<String> WORDS =
            List.of("select", "Order", "user", "NULL", "xmin", "ctid", "table", "json");

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    /** @param table and columns as they are, not quoted */
    private record Named(String table, List<String> columns, String index) {
        String quotedTable() {
            return quoted(table);
        }

        String column(int i) {
            return quoted(columns.get(i));
        }

        private static String quoted(String name) {
            return "`" + name.replace("`", "``") + "`";
        }
    }

    @Test
    void anyNameIsCopiedStreamedAndAltered() throws Exception {
        List<Named> tables = tables();
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createSchema();
            for (Named table : tables) {
                create(rig, table);
            }
            rig.register();
            rig.succeeds("init_replica");
            rig.succeeds("compare");
            rig.runReplica();
            rig.awaitReplica();
            for (Named table : tables) {
                change(rig, table);
            }
            rig.awaitReplica();
            rig.succeeds("compare");
            assertThat(rig.destinationValue("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = '"
                            + ReplicaRig.DESTINATION + "'::regnamespace"))
                    .isEqualTo(String.valueOf(TABLES));
            assertThat(rig.destinationValue("SELECT max(octet_length(relname)) FROM pg_class WHERE relnamespace = '"
                            + ReplicaRig.DESTINATION + "'::regnamespace"))
                    .as("bytes of the longest name, which was shortened with a hash")
                    .isEqualTo("63");
            assertShortenedNamesAreInTheCatalogue(rig, tables);
        }
    }

    private static void assertShortenedNamesAreInTheCatalogue(ReplicaRig rig, List<Named> tables) throws SQLException {
        long longNames = tables.stream().filter(t -> bytes(t.table()) > 63).count();
        assertThat(longNames).isPositive();
        assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.destination_name n JOIN pg_class c"
                        + " ON c.relname = n.destination_name WHERE n.kind = 'table' AND c.relkind = 'r'"))
                .isEqualTo(String.valueOf(longNames));
        assertThat(rig.destinationValue("SELECT count(*) > 0 FROM sch_kameleon.destination_name"
                        + " WHERE kind = 'column' AND octet_length(name) > 63"))
                .isEqualTo("t");
    }

    private static int bytes(String name) {
        return name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private List<Named> tables() {
        Set<String> names = names(TABLES - 1);
        names.add("ü".repeat(64));
        var tables = new ArrayList<Named>();
        for (String name : names) {
            Set<String> columns = names(COLUMNS - 1);
            columns.add("ü".repeat(63) + "1");
            tables.add(new Named(name, List.copyOf(columns), name(random.nextInt(20))));
        }
        return tables;
    }

    /** Different without case too. */
    private Set<String> names(int count) {
        Set<String> lower = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            String name = random.nextInt(4) == 0
                    ? WORDS.get(random.nextInt(WORDS.size()))
                    : name(random.nextInt(random.nextInt(4) == 0 ? 40 : 12));
            if (lower.add(name.toLowerCase(java.util.Locale.ROOT))) {
                names.add(name);
            }
        }
        return names;
    }

    /** Names neither begin nor end with a space: the source accepts none at the end, nor a file's name over 255 bytes. */
    private String name(int letters) {
        var name = new StringBuilder("n");
        for (int i = 0; i < letters; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.append(random.nextInt(10)).toString();
    }

    private static void create(ReplicaRig rig, Named table) throws SQLException {
        rig.onSource(
                "CREATE TABLE " + table.quotedTable() + " (" + table.column(0) + " INT PRIMARY KEY, " + table.column(1)
                        + " ENUM('a', 'b'), " + table.column(2) + " VARCHAR(20), " + table.column(3)
                        + " TEXT, UNIQUE KEY "
                        + Named.quoted(table.index()) + " (" + table.column(2) + ")) CHARACTER SET utf8mb4",
                "INSERT INTO " + table.quotedTable() + " VALUES (1, 'a', 'one', 'x'), (2, NULL, NULL, NULL)");
    }

    private static void change(ReplicaRig rig, Named table) throws SQLException {
        rig.onSource(
                "INSERT INTO " + table.quotedTable() + " VALUES (3, 'b', 'three', 'y')",
                "UPDATE " + table.quotedTable() + " SET " + table.column(3) + " = 'new' WHERE " + table.column(0)
                        + " = 1",
                "ALTER TABLE " + table.quotedTable() + " ADD COLUMN `added \"one\"` INT DEFAULT 5, DROP KEY "
                        + Named.quoted(table.index()),
                "DELETE FROM " + table.quotedTable() + " WHERE " + table.column(0) + " = 2",
                "INSERT INTO " + table.quotedTable() + " VALUES (4, 'a', 'three', 'z', 6)");
    }
}
