package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source's configuration chooses for values that PostgreSQL cannot hold, and for its types, by copy and by stream. */
class ValuePolicyIT {
    private static final String SCHEMA = ReplicaRig.DESTINATION;

    @TempDir
    Path directory;

    /** F53, F57: told from NULL, counted, and equal to the command compare. */
    @Test
    void zeroDatesAndNulsBecomeWhatTheSourceSaysAndAreCounted() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.configure("zero_dates: infinity\nnul_characters: replace\n");
            rig.createSchema();
            rig.onSource("CREATE TABLE dated (id INT PRIMARY KEY, d DATE NULL, m DATETIME(6) NULL, s TIMESTAMP NULL,"
                    + " n DATE NOT NULL, t VARCHAR(20))");
            insertDates(rig, 1);
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            insertDates(rig, 3);
            rig.awaitReplica();
            for (int id : new int[] {1, 3}) {
                assertThat(rig.destinationValue(
                                "SELECT concat_ws(' ', d, m, s, n, t) FROM " + SCHEMA + ".dated WHERE id = " + id))
                        .as("row %s", id)
                        .isEqualTo("-infinity -infinity -infinity -infinity a\ufffdb");
            }
            assertThat(rig.destinationValue("SELECT count(*) FROM " + SCHEMA
                            + ".dated WHERE d IS NULL AND m IS NULL AND s IS NULL AND n = '2020-01-01'"))
                    .isEqualTo("2");
            rig.succeeds("compare");
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .contains("\"converted_zero_dates\" : 8")
                    .contains("\"converted_nul_values\" : 2");
            assertThat(rig.succeeds("show_status"))
                    .contains("shop.dated had values that PostgreSQL cannot hold: 8 zero dates, 2 with NUL characters");
        }
    }

    private static void insertDates(ReplicaRig rig, int id) throws SQLException {
        rig.onSource(
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "INSERT INTO dated VALUES (" + id + ", '0000-00-00', '2020-00-00 00:00:00', '0000-00-00 00:00:00',"
                        + " '0000-00-00', 'a\\0b'), (" + (id + 1) + ", NULL, NULL, NULL, '2020-01-01', 'x')");
    }

    /** F46, F52 to F58: pg_chameleon's types hold less; what does not fit is kept whole, and the rest goes on. */
    @Test
    void valuesThatDoNotFitAreRefusedAndKept() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            Files.writeString(
                    rig.config(),
                    "type_profile: pg_chameleon\ntype_override:\n  \"tinyint(1)\":\n    override_to: boolean\n"
                            + rig.configuration()
                            + "zero_dates: error\nnul_characters: error\n".indent(4));
            rig.createSchema();
            rig.onSource("CREATE TABLE narrow (id INT PRIMARY KEY, flag TINYINT(1), i INT UNSIGNED, b BIGINT UNSIGNED,"
                    + " t TIME, bits BIT(33), f FLOAT, s SET('a','b'), x BLOB, d DATE, c CHAR(5), ts TIMESTAMP(3) NULL,"
                    + " y YEAR, med MEDIUMINT, txt TEXT)");
            insertNarrow(rig, 1);
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            insertNarrow(rig, 20);
            rig.awaitReplica();
            assertThat(rig.destinationValue("SELECT string_agg(format_type(atttypid, atttypmod), ', ' ORDER BY attnum)"
                            + " FROM pg_attribute WHERE attnum > 0 AND attrelid = '" + SCHEMA + ".narrow'::regclass"))
                    .isEqualTo(
                            "integer, boolean, integer, bigint, time without time zone, integer, double precision, text,"
                                    + " bytea, date, character(5), timestamp without time zone, integer, bigint, text");
            assertThat(rig.destinationValue("SELECT string_agg(id::text, ' ' ORDER BY id) FROM " + SCHEMA + ".narrow"))
                    .isEqualTo("1 2 3 20 21 22");
            String fitting = "SELECT concat_ws(' ', flag, i, b, t, bits, f, s, encode(x, 'escape'), d, c, y, med, txt)"
                    + " FROM " + SCHEMA + ".narrow WHERE id = ";
            assertThat(rig.destinationValue(fitting + 1))
                    .isEqualTo("t 2147483647 9223372036854775807 23:59:59 7 0.5 a,b 00AF 2020-01-01 ab    2155 -1 ok")
                    .isEqualTo(rig.destinationValue(fitting + 20));
            assertThat(rig.destinationValue(
                            "SELECT string_agg(flag::text, ' ' ORDER BY id) FROM " + SCHEMA + ".narrow"))
                    .as("tinyint(1) of 2, -1, 0")
                    .isEqualTo("true true false true true false");
            assertThat(rig.destinationValue(
                            "SELECT count(*) FROM sch_kameleon.discarded_row WHERE table_name = 'narrow'"))
                    .as("refused rows: six by copy, six by stream")
                    .isEqualTo("12");
            rig.onSource("DELETE FROM narrow WHERE id BETWEEN 4 AND 19 OR id > 22");
            rig.awaitReplica();
            rig.succeeds("compare");
        }
    }

    /** Three rows that fit, then six of which each has one value that does not. */
    private static void insertNarrow(ReplicaRig rig, int id) throws SQLException {
        String row = "(%d, %s, %s, %s, %s, %s, 0.5, 'a,b', x'00AF', %s, 'ab', '2020-01-01 00:00:00.125', 2155, -1, %s)";
        String[][] rows = {
            {"2", "2147483647", "9223372036854775807", "'23:59:59'", "7", "'2020-01-01'", "'ok'"},
            {"-1", "0", "0", "'00:00:00'", "0", "NULL", "''"},
            {"0", "1", "1", "NULL", "1", "'1000-01-01'", "'ok'"},
            {"0", "2147483648", "1", "NULL", "1", "NULL", "'ok'"},
            {"0", "1", "9223372036854775808", "NULL", "1", "NULL", "'ok'"},
            {"0", "1", "1", "'-00:00:01'", "1", "NULL", "'ok'"},
            {"0", "1", "1", "'24:00:01'", "1", "NULL", "'ok'"},
            {"0", "1", "1", "NULL", "b'111111111111111111111111111111111'", "NULL", "'ok'"},
            {"0", "1", "1", "NULL", "1", "'0000-00-00'", "'a\\0b'"}
        };
        for (int i = 0; i < rows.length; i++) {
            String[] v = rows[i];
            String values = row.formatted(id + i, v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
            rig.onSource("SET sql_mode = ''", "INSERT INTO narrow VALUES " + values);
        }
    }
}
