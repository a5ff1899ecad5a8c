package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Tidies the catalogue up beside the running replicas: takes resolved errors away that are old, with their rows, and vacuums its
 * tables. What is not resolved stays for ever. The replicated tables are left to PostgreSQL's autovacuum. Thread-safe.
 */
public final class Maintenance {
    /** How long resolved errors stay. */
    public static final Duration KEEP_RESOLVED = Duration.ofDays(30);

    private final Catalogue catalogue;

    public Maintenance(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** How thoroughly. */
    public enum Depth {
        /** Room is given back to the tables. Nobody waits. */
        PLAIN("VACUUM (ANALYZE) "),
        /** Room is given back to the system: each table is written anew, and replay waits for it meanwhile. */
        FULL("VACUUM (FULL, ANALYZE) ");

        private final String statement;

        Depth(String statement) {
            this.statement = statement;
        }
    }

    /** @param bytesBefore of the catalogue on disk */
    public record Done(int errorsPurged, int tables, long bytesBefore, long bytesAfter) {}

    /**
     * @param lockTimeout longest wait for a table; 0 waits for ever
     * @throws io.kameleon.schemas.error.ReplicationException DESTINATION_BUSY when a table could not be locked in that time
     */
    public Done run(String source, Depth depth, Duration keepResolved, Duration lockTimeout) {
        int purged =
                catalogue.inTransaction(connection -> new ErrorStore().purgeResolved(connection, source, keepResolved));
        return catalogue.read(connection -> {
            long before = bytes(connection);
            List<String> tables = tables(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
                for (String table : tables) {
                    statement.execute(depth.statement + table);
                }
            }
            return new Done(purged, tables.size(), before, bytes(connection));
        });
    }

    /** Those of the catalogue's role; Flyway's history is one of them. */
    private static List<String> tables(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ? ORDER BY 1",
                SCHEMA);
    }

    private static long bytes(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
                                + " WHERE c.relnamespace = to_regnamespace(?) AND c.relkind = 'r'",
                        SCHEMA)
                .orElseThrow();
    }
}
