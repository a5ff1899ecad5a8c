package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A source of many small tables: all are copied, and the stream reaches each, also after another start. */
class ManyTablesIT {
    private static final int TABLES = Integer.getInteger("kameleon.it.tables", 2_000);
    private static final int TABLES_PER_TRANSACTION = 5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void everyTableIsCopiedAndFollowed(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            createTables(rig);
            insertRoundRobin(rig, 1);
            rig.register();
            assertThat(rig.succeeds("init_replica")).contains(" rows of " + TABLES + " tables");

            try (ReplicaProcess replica = rig.runReplica()) {
                rig.awaitReplica();
                insertRoundRobin(rig, 2);
                rig.awaitReplica();
                assertRows(rig, 2);
                assertThat(replica.isAlive()).as(replica::log).isTrue();
            }

            insertRoundRobin(rig, 3);
            ReplicaProcess again = rig.runReplica();
            rig.awaitReplica();
            assertRows(rig, 3);
            assertThat(again.isAlive()).as(again::log).isTrue();
        }
    }

    private static void createTables(ReplicaRig rig) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < TABLES; i++) {
                statement.execute("CREATE TABLE t" + i
                        + " (id INT PRIMARY KEY, name VARCHAR(20), amount DECIMAL(8,2), KEY (amount))");
            }
        }
    }

    /** One row in each table, in transactions of a few tables each. */
    private static void insertRoundRobin(ReplicaRig rig, int id) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TABLES; i++) {
                statement.execute("INSERT INTO t" + i + " VALUES (" + id + ", 'row " + i + "', " + i + ".25)");
                if ((i + 1) % TABLES_PER_TRANSACTION == 0) {
                    connection.commit();
                }
            }
            connection.commit();
        }
    }

    /** Every table has the rows 1 to {@code rows}, and they are its own. */
    private static void assertRows(ReplicaRig rig, int rows) throws SQLException {
        String each =
                "(xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I WHERE id BETWEEN 1 AND "
                        + rows + " AND name = ''row '' || substr(%L, 2)', table_schema, table_name, table_name),"
                        + " false, true, '')))[1]::text::int";
        String tables = rig.destinationValue("SELECT count(*) FROM information_schema.tables WHERE table_schema = '"
                + ReplicaRig.DESTINATION + "' AND " + each + " = " + rows);
        assertThat(tables).isEqualTo(Integer.toString(TABLES));
    }
}
