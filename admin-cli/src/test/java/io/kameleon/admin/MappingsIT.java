package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas get other names in PostgreSQL while they are replicated; origins come and go. */
class MappingsIT {
    private static final long PACE_NANOS = 5_000_000;

    @TempDir
    Path directory;

    private volatile boolean stopping;
    private String second;

    /** The second schema goes with the test, where others use the server too. */
    private record Second(ReplicaRig rig, String schema) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            rig.onSource("DROP DATABASE IF EXISTS " + schema);
        }
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void theStreamGoesOnIntoTheNewNamesWithoutAStop(SourceKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory);
                Second other = new Second(rig, rig.source().schema() + "_second")) {
            second = other.schema();
            begin(rig, "first_copy", "second_copy");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            Future<Integer> load = threads.submit(() -> load(rig));
            assertRefusals(rig);
            map(rig, "renamed", "second_copy");
            assertThat(rig.succeeds("update_schema_mappings"))
                    .isEqualTo(rig.source().schema() + " now goes to renamed.\n");
            rig.onSource("ALTER TABLE item ADD COLUMN more INT", "CREATE TABLE made (id INT PRIMARY KEY)");
            rig.onSource("INSERT INTO made VALUES (1)", "UPDATE item SET more = id WHERE id < 10");
            map(rig, "second_copy", "renamed"); // they change places
            rig.succeeds("update_schema_mappings");
            rig.onSource("INSERT INTO made VALUES (2)");
            assertThat(rig.succeeds("update_schema_mappings"))
                    .isEqualTo("The catalogue has the configuration's mappings already.\n");
            stopping = true;
            assertThat(load.get(30, TimeUnit.SECONDS)).isPositive();
            rig.awaitReplica();
            assertEqual(rig, rig.source().schema(), "second_copy");
            assertEqual(rig, second, "renamed");
            rig.succeeds("compare");
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .contains("\"disabled\" : 0", "\"discarded_rows\" : 0", "\"skipped_rows\" : 0");
            assertThat(replica.isAlive()).isTrue();
            assertThat(rig.destinationValue("SELECT count(*) FROM pg_namespace WHERE nspname = 'first_copy'"))
                    .isEqualTo("0");
        } finally {
            stopping = true;
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void originsThatComeAreCopiedBesideTheStreamAndThoseThatGoStayAsTheyAre(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory);
                Second other = new Second(rig, rig.source().schema() + "_second")) {
            second = other.schema();
            begin(rig, "first_copy", null);
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            map(rig, "first_copy", "second_copy");
            assertThat(rig.kameleon("update_schema_mappings", "--source", "shop")
                            .err())
                    .isEqualTo("ALREADY_RUNNING: Schemas are added or removed, which a running replica does not take up"
                            + " {source=shop}. Stop it with 'kameleon stop_replica --source shop', run this again, and start"
                            + " it.");
            replica.terminate();
            givesUpOnALockThatOthersHold(rig);
            assertThat(rig.succeeds("update_schema_mappings"))
                    .isEqualTo(second + " is replicated into second_copy from the next start on.\n");
            replica = rig.runReplica();
            rig.onSource("INSERT INTO " + second + ".other VALUES (900, 'later')");
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            rig.onSource("UPDATE " + second + ".other SET name = 'changed' WHERE id = 900");
            rig.awaitReplica();
            assertEqual(rig, second, "second_copy");
            assertEqual(rig, rig.source().schema(), "first_copy");
            replica.terminate();
            rig.onSource("INSERT INTO " + second + ".other VALUES (901, 'not any more')");
            map(rig, "first_copy", null);
            assertThat(rig.succeeds("update_schema_mappings"))
                    .isEqualTo(second + " is not replicated any more; second_copy in PostgreSQL stays as it is.\n");
            rig.runReplica();
            rig.onSource(
                    "CREATE TABLE " + second + ".unseen (id INT PRIMARY KEY)",
                    "INSERT INTO " + second + ".other VALUES (902, 'not any more')",
                    "INSERT INTO item VALUES (903, 'still')");
            rig.awaitReplica();
            assertEqual(rig, rig.source().schema(), "first_copy");
            assertThat(rig.destinationValue("SELECT max(id) FROM second_copy.other"))
                    .isEqualTo("900");
        }
    }

    /** Nothing is changed by any of them. */
    private void assertRefusals(ReplicaRig rig) throws Exception {
        sql(rig, "CREATE SCHEMA occupied");
        map(rig, "occupied", "second_copy");
        assertThat(rig.kameleon("update_schema_mappings", "--source", "shop").err())
                .isEqualTo(
                        "MAPPING_CONFLICT: PostgreSQL has a schema of that name already {schema=occupied}. Map to another"
                                + " name, or rename or drop that schema first.");
        map(rig, "taken", "second_copy");
        CommandResult taken = rig.kameleon("update_schema_mappings", "--source", "shop");
        assertThat(taken.err())
                .startsWith("MAPPING_CONFLICT: The destination schema 'taken' is taken by the source 'rival'");
        assertThat(taken.code()).isEqualTo(1);
        assertThat(rig.destinationValue("SELECT string_agg(destination_schema, ',' ORDER BY destination_schema)"
                        + " FROM sch_kameleon.schema_mapping WHERE source_name = 'shop'"))
                .isEqualTo("first_copy,second_copy");
    }

    private static void givesUpOnALockThatOthersHold(ReplicaRig rig) throws Exception {
        String config = Files.readString(rig.config());
        Files.writeString(rig.config(), config.stripTrailing() + "\n    lock_timeout: 300ms\n");
        try (Connection holder = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM sch_kameleon.replay_position FOR UPDATE");
            assertThat(rig.kameleon("update_schema_mappings", "--source", "shop")
                            .err())
                    .startsWith("DESTINATION_BUSY: ")
                    .contains("sqlstate=55P03", "pg_stat_activity");
            holder.rollback();
        }
        Files.writeString(rig.config(), config);
    }

    private void begin(ReplicaRig rig, String firstTo, String secondTo) throws Exception {
        rig.createSchema();
        rig.onSource(
                "DROP DATABASE IF EXISTS " + second,
                "CREATE DATABASE " + second + " CHARACTER SET utf8mb4",
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))",
                NumberedRows.insert("item", "n, CONCAT('name ', n)", 500),
                "CREATE TABLE " + second + ".other (id INT PRIMARY KEY, name VARCHAR(40))",
                NumberedRows.insert(second + ".other", "n, CONCAT('name ', n)", 500));
        grant(rig);
        map(rig, firstTo, secondTo);
        rig.register();
        if (secondTo != null) {
            rival(rig);
        }
        rig.succeeds("init_replica");
    }

    private void grant(ReplicaRig rig) throws SQLException {
        if (rig.source().sandbox().isPresent()) {
            try (Connection root = rig.source().connect("");
                    Statement statement = root.createStatement()) {
                statement.execute(
                        "GRANT SELECT ON " + second + ".* TO '" + rig.source().user() + "'@'127.0.0.1'");
            }
        }
    }

    /** Writes the configuration; the rival's own mapping is in another file. @param secondTo null leaves the origin out */
    private void map(ReplicaRig rig, String firstTo, String secondTo) throws Exception {
        String own = "      " + rig.source().schema() + ": " + ReplicaRig.DESTINATION + "\n";
        assertThat(rig.configuration()).contains(own);
        String mapped = "      " + rig.source().schema() + ": " + firstTo + "\n"
                + (secondTo == null ? "" : "      " + second + ": " + secondTo + "\n");
        Files.writeString(rig.config(), rig.configuration().replace(own, mapped));
    }

    /** Another source that has a destination schema. */
    private void rival(ReplicaRig rig) throws Exception {
        String mine = Files.readString(rig.config());
        Files.writeString(
                rig.config(),
                mine.replace("  " + ReplicaRig.SOURCE + ":\n", "  rival:\n")
                        .replace("second_copy", "other_taken")
                        .replace("first_copy", "taken"));
        CommandResult added = rig.kameleon("add_source", "--source", "rival");
        assertThat(added.code()).as(added.err()).isZero();
        Files.writeString(rig.config(), mine);
    }

    private int load(ReplicaRig rig) throws SQLException {
        int count = 0;
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            while (!stopping) {
                count++;
                statement.execute("INSERT INTO item (id, name) VALUES (" + (10_000 + count) + ", 'new')");
                statement.execute("UPDATE item SET name = 'changed " + count + "' WHERE id = " + count % 500);
                statement.execute("INSERT INTO " + second + ".other VALUES (" + (10_000 + count) + ", 'new')");
                statement.execute("DELETE FROM " + second + ".other WHERE id = " + count % 500);
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
        return count;
    }

    private static void assertEqual(ReplicaRig rig, String origin, String destination) throws SQLException {
        try (Connection source = rig.source().connect(origin);
                Connection copy = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE)) {
            new RowOracle(source, origin, copy, destination).assertEqual();
        }
    }

    private static void sql(ReplicaRig rig, String sql) throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
