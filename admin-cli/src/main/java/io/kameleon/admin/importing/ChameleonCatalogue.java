package io.kameleon.admin.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.replay.ddl.SqlText;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads pg_chameleon's catalogue, version 2.0; changes nothing in it. One thread, as its connection. */
final class ChameleonCatalogue {
    private static final Comparator<BinlogCoordinates> IN_LOG_ORDER =
            (a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0;

    private final Connection connection;
    private final String schema;
    private final String source;

    /** @param schema of the catalogue, {@code sch_chameleon} unless it was renamed */
    ChameleonCatalogue(Connection connection, String schema, String source) {
        this.connection = connection;
        this.schema = schema;
        this.source = source;
    }

    /** One row of a query. */
    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @throws ReplicationException WRONG_STATE when there is no catalogue, no such source, or nothing was read yet */
    ChameleonSource read() throws SQLException {
        if (list("SELECT to_regclass(?)::text", row -> row.getString(1), table("t_sources"))
                        .get(0)
                == null) {
            throw refused(
                    "The database has no catalogue of pg_chameleon",
                    "Connect to the database that it replicates into.");
        }
        var found = list(
                "SELECT i_id_source, enm_status::text, jsb_schema_mappings::text FROM " + table("t_sources")
                        + " WHERE t_source = ?",
                row -> new Registered(row.getLong(1), row.getString(2), row.getString(3)),
                source);
        if (found.isEmpty()) {
            throw refused("pg_chameleon's catalogue has no source of that name", "Name the source as it does.");
        }
        return read(found.get(0));
    }

    private record Registered(long id, String status, String mappings) {}

    /** A batch is read from its position on, up to the next one's. */
    private record Batch(BinlogCoordinates position, boolean processed, boolean replayed) {}

    private ChameleonSource read(Registered registered) throws SQLException {
        List<Batch> batches = list(
                "SELECT t_binlog_name, i_binlog_position, b_processed, b_replayed FROM " + table("t_replica_batch")
                        + " WHERE i_id_source = ? AND t_binlog_name IS NOT NULL AND i_binlog_position IS NOT NULL"
                        + " ORDER BY ts_created",
                row -> new Batch(coordinates(row, 1).orElseThrow(), row.getBoolean(3), row.getBoolean(4)),
                registered.id());
        if (batches.isEmpty() || batches.get(batches.size() - 1).processed()) {
            throw refused(
                    "pg_chameleon's catalogue does not say where its reader goes on",
                    "Start its replica once more, stop it, and run this again.");
        }
        BinlogCoordinates read = batches.get(batches.size() - 1).position();
        BinlogCoordinates replayed = batches.stream()
                .filter(batch -> batch.processed() && !batch.replayed())
                .map(Batch::position)
                .min(IN_LOG_ORDER)
                .filter(position -> position.isBefore(read))
                .orElse(read);
        return new ChameleonSource(
                source, registered.status(), mappings(registered.mappings()), read, replayed, tables(registered.id()));
    }

    private List<ChameleonSource.Table> tables(long id) throws SQLException {
        return list(
                "SELECT t_binlog_name, i_binlog_position, v_schema_name, v_table_name, b_replica_enabled FROM "
                        + table("t_replica_tables") + " WHERE i_id_source = ? ORDER BY v_schema_name, v_table_name",
                row -> new ChameleonSource.Table(
                        row.getString(3), row.getString(4), row.getBoolean(5), coordinates(row, 1)),
                id);
    }

    /** Its processes that are connected now; what its catalogue says of that outlives a crash. */
    long sessions() throws SQLException {
        return list(
                        "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database()"
                                + " AND starts_with(application_name, ?)",
                        row -> row.getLong(1),
                        "[pg_chameleon] - source: " + source + ",")
                .get(0);
    }

    /** MariaDB tells no position inside a transaction; what pg_chameleon has then leads nowhere. */
    private Optional<BinlogCoordinates> coordinates(ResultSet row, int column) throws SQLException {
        String file = row.getString(column);
        long position = row.getLong(column + 1);
        if (file == null || row.wasNull()) {
            return Optional.empty();
        }
        if (position < BinlogCoordinates.FIRST_EVENT_POSITION) {
            throw refused(
                    "pg_chameleon's catalogue has the position " + position + " in " + file
                            + ", where nothing can begin",
                    "Begin with 'kameleon init_replica'.");
        }
        return Optional.of(new BinlogCoordinates(file, position));
    }

    private Map<String, String> mappings(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw refused("The schema mappings in pg_chameleon's catalogue cannot be read", "Look at t_sources.");
        }
    }

    private String table(String name) {
        return SqlText.qualified(schema, name);
    }

    private <T> List<T> list(String sql, Row<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        }
    }

    private ReplicationException refused(String what, String remedy) {
        return new ReplicationException(
                ErrorCode.WRONG_STATE, what, Map.of("source", source, "schema", schema), remedy);
    }
}
