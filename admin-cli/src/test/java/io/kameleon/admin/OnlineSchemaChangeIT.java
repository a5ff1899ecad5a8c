package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of gh-ost and pt-online-schema-change as those tools send them, under traffic (F31). */
class OnlineSchemaChangeIT {
    private static final int ROWS = 500;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void onlineSchemaChangesArriveAsChangesOfTheTableItself(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            long published;
            long changed;
            try (OrderTraffic traffic = OrderTraffic.start(rig.source())) {
                ghOst(
                        rig,
                        traffic,
                        "ADD COLUMN note VARCHAR(20) NOT NULL DEFAULT 'none', ADD INDEX by_amount (amount)");
                rig.awaitReplica();
                assertThat(destinationTables(rig)).as("tables in PostgreSQL").isEqualTo("orders");
                ghOst(rig, traffic, "MODIFY amount DECIMAL(14,3), DROP COLUMN obsolete");
                ptOnlineSchemaChange(rig, traffic, "ADD COLUMN size INT DEFAULT 3, ENGINE=InnoDB");
                traffic.runFor(200);
                traffic.stop();
                changed = traffic.rowsChanged();
            }
            rig.awaitReplica();
            published = rowsPublished(rig);
            assertThat(rig.destinationValue("SELECT string_agg(table_name || ': ' || message, ';') FROM"
                            + " sch_kameleon.error_log WHERE table_name = 'orders'"))
                    .as("errors of the table")
                    .isNull();
            assertThat(destinationTables(rig)).isEqualTo("orders");
            rig.assertSidesAreEqual();
            assertThat(published)
                    .as("rows in the topic: those of the table alone, not the tools' copies")
                    .isEqualTo(changed);
        }
    }

    /** What the tools do to rows without the table's own statement cannot be followed by the difference of structures. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void anOnlineSchemaChangeThatMayHaveConvertedRowsStopsTheTable(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            try (OrderTraffic traffic = OrderTraffic.start(rig.source())) {
                ghOst(rig, traffic, "ADD COLUMN created TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP");
            }
            rig.awaitReplica();
            assertThat(rig.succeeds("show_errors")).contains("the time at which they were copied");
        }
    }

    private static void begin(ReplicaRig rig) throws Exception {
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, amount DECIMAL(10,2), state ENUM('new','paid'),"
                        + " obsolete VARCHAR(10))");
        for (int i = 0; i < ROWS / 100; i++) {
            rig.onSource("INSERT INTO orders (amount, state, obsolete) VALUES " + "(1.5, 'new', 'x'),".repeat(99)
                    + "(2.5, 'paid', NULL)");
        }
        rig.register();
        rig.succeeds("init_replica");
        rig.runReplica();
        rig.awaitReplica();
    }

    private static String destinationTables(ReplicaRig rig) throws SQLException {
        return rig.destinationValue("SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables"
                + " WHERE schemaname = '" + ReplicaRig.DESTINATION + "'");
    }

    private static long rowsPublished(ReplicaRig rig) {
        Installation installation = Installation.load(rig.config().toString());
        var settings = new SourceSettings(installation.config(), installation.source(ReplicaRig.SOURCE));
        try (KafkaAccess kafka =
                KafkaAccess.running(installation.config(), ReplicaRig.SOURCE).orElseThrow()) {
            return settings.reader(kafka)
                    .stateTopic()
                    .loadPosition()
                    .orElseThrow()
                    .rowsTotal();
        }
    }

    // ---- gh-ost ----

    private static void ghOst(ReplicaRig rig, OrderTraffic traffic, String alter) throws Exception {
        String db = "`" + rig.source().schema() + "`";
        rig.onSource(
                "drop /* gh-ost */ table if exists " + db + ".`_orders_gho`",
                "drop /* gh-ost */ table if exists " + db + ".`_orders_ghc`",
                "create /* gh-ost */ table " + db + ".`_orders_ghc` (\n\t\t\tid bigint auto_increment,\n"
                        + "\t\t\tlast_update timestamp not null DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,\n"
                        + "\t\t\thint varchar(64) charset ascii not null,\n\t\t\tvalue varchar(4096) charset ascii not null,\n"
                        + "\t\t\tprimary key(id),\n\t\t\tunique key hint_uidx(hint)\n\t\t) auto_increment=256",
                "create /* gh-ost */ table " + db + ".`_orders_gho` like " + db + ".`orders`",
                "alter /* gh-ost */ table " + db + ".`_orders_gho` " + alter);
        heartbeat(rig, db, "state at GhostTableMigrated");
        String columns = sharedColumns(rig, "_orders_gho");
        traffic.mirrorTo("_orders_gho", columns);
        for (int from = 0; from <= idMax(rig); from += 100) {
            rig.onSource("insert /* gh-ost " + db + ".`orders` */ ignore into " + db + ".`_orders_gho` (" + columns
                    + ") (select " + columns + " from " + db + ".`orders` force index (`PRIMARY`) where (((`id` > "
                    + from
                    + "))) and (((`id` < " + (from + 100) + ") or ((`id` = " + (from + 100)
                    + ")))) lock in share mode)");
            heartbeat(rig, db, "copy iteration " + from);
            traffic.runFor(10);
        }
        cutOver(rig, traffic, db);
        rig.onSource(
                "drop /* gh-ost */ table if exists " + db + ".`_orders_ghc`",
                "drop /* gh-ost */ table if exists " + db + ".`_orders_del`");
    }

    private static void heartbeat(ReplicaRig rig, String db, String value) throws SQLException {
        rig.onSource("insert /* gh-ost */ into " + db
                + ".`_orders_ghc` (id, hint, value) values (NULLIF(1, 0), 'heartbeat', '" + value
                + "') on duplicate key update last_update=NOW(), value=VALUES(value)");
    }

    /** One session locks, another one's RENAME waits behind it, so that nothing comes between. */
    private static void cutOver(ReplicaRig rig, OrderTraffic traffic, String db) throws Exception {
        try (Connection locking = rig.source().connect(rig.source().schema());
                Statement lock = locking.createStatement()) {
            lock.execute("drop /* gh-ost */ table if exists " + db + ".`_orders_del`");
            lock.execute("create /* gh-ost */ table " + db
                    + ".`_orders_del` (id int auto_increment primary key) engine=InnoDB"
                    + " comment='ghost-cut-over-sentry'");
            traffic.pause();
            lock.execute("lock /* gh-ost */ tables " + db + ".`orders` write, " + db + ".`_orders_del` write");
            CompletableFuture<Void> renaming = CompletableFuture.runAsync(() -> rename(rig, db));
            lock.execute("drop /* gh-ost */ table if exists " + db + ".`_orders_del`");
            lock.execute("unlock tables");
            renaming.get();
            traffic.mirrorTo("", "");
            traffic.resume();
        }
    }

    private static void rename(ReplicaRig rig, String db) {
        try {
            rig.onSource("rename /* gh-ost */ table " + db + ".`orders` to " + db + ".`_orders_del`, " + db
                    + ".`_orders_gho` to " + db + ".`orders`");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    // ---- pt-online-schema-change ----

    private static void ptOnlineSchemaChange(ReplicaRig rig, OrderTraffic traffic, String alter) throws Exception {
        String schema = rig.source().schema();
        String db = "`" + schema + "`";
        String create = value(rig, "SHOW CREATE TABLE " + db + ".`orders`", 2);
        rig.onSource(
                create.replaceFirst("CREATE TABLE `orders`", "CREATE TABLE " + db + ".`_orders_new`"),
                "ALTER TABLE " + db + ".`_orders_new` " + alter);
        String columns = sharedColumns(rig, "_orders_new");
        String values = "NEW." + columns.replace(", ", ", NEW.");
        String shadow = db + ".`_orders_new`";
        String handler = "BEGIN DECLARE CONTINUE HANDLER FOR 1146 begin end; ";
        rig.onSource(
                "CREATE TRIGGER `pt_osc_" + schema + "_orders_del` AFTER DELETE ON " + db + ".`orders` FOR EACH ROW "
                        + handler + "DELETE IGNORE FROM " + shadow + " WHERE " + shadow + ".`id` <=> OLD.`id`; END",
                "CREATE TRIGGER `pt_osc_" + schema + "_orders_upd` AFTER UPDATE ON " + db + ".`orders` FOR EACH ROW "
                        + handler + "DELETE IGNORE FROM " + shadow + " WHERE !(OLD.`id` <=> NEW.`id`) AND " + shadow
                        + ".`id` <=> OLD.`id`; REPLACE INTO " + shadow + " (" + columns + ") VALUES (" + values
                        + "); END",
                "CREATE TRIGGER `pt_osc_" + schema + "_orders_ins` AFTER INSERT ON " + db + ".`orders` FOR EACH ROW "
                        + handler + "REPLACE INTO " + shadow + " (" + columns + ") VALUES (" + values + "); END");
        for (int from = 0; from <= idMax(rig); from += 100) {
            rig.onSource("INSERT LOW_PRIORITY IGNORE INTO " + shadow + " (" + columns + ") SELECT " + columns + " FROM "
                    + db
                    + ".`orders` FORCE INDEX(`PRIMARY`) WHERE ((`id` >= " + from + ")) AND ((`id` <= " + (from + 99)
                    + ")) LOCK IN SHARE MODE /*pt-online-schema-change 4711 copy nibble*/");
            traffic.runFor(10);
        }
        rig.onSource(
                "ANALYZE TABLE " + shadow + " /* pt-online-schema-change */",
                "RENAME TABLE " + db + ".`orders` TO " + db + ".`_orders_old`, " + shadow + " TO " + db + ".`orders`",
                "DROP TABLE IF EXISTS " + db + ".`_orders_old`");
        for (String kind : List.of("del", "upd", "ins")) {
            rig.onSource("DROP TRIGGER IF EXISTS " + db + ".`pt_osc_" + schema + "_orders_" + kind + "`");
        }
    }

    /** Rows with higher ids come by the traffic. */
    private static int idMax(ReplicaRig rig) throws SQLException {
        return Integer.parseInt(value(rig, "SELECT MAX(id) FROM orders", 1));
    }

    private static String sharedColumns(ReplicaRig rig, String shadow) throws SQLException {
        return value(
                rig,
                "SELECT GROUP_CONCAT(CONCAT('`', a.column_name, '`') ORDER BY a.ordinal_position SEPARATOR ', ') FROM"
                        + " information_schema.columns a JOIN information_schema.columns b ON b.table_schema = a.table_schema"
                        + " AND b.column_name = a.column_name AND b.table_name = '" + shadow
                        + "' WHERE a.table_name = 'orders'"
                        + " AND a.table_schema = DATABASE()",
                1);
    }

    private static String value(ReplicaRig rig, String sql, int column) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(column);
        }
    }
}
