package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sources and their schema mappings, in the caller's transaction.
 *
 * <p>Thread-safe; a connection is used by one thread at a time. Methods that change a source fail with SOURCE_UNKNOWN when it
 * is not in the catalogue.
 */
public final class SourceStore {
    private static final String TABLE = SCHEMA + ".source";
    private static final String MAPPING = SCHEMA + ".schema_mapping";

    /**
     * Adds a source that nothing was copied of yet.
     *
     * @param mappings origin to destination schema
     * @throws ReplicationException WRONG_STATE when it is there already; MAPPING_CONFLICT when another source has one of the
     *                              destination schemas
     */
    public void add(
            Connection connection, String name, SourceKind kind, String configFingerprint, Map<String, String> mappings)
            throws SQLException {
        int written = Sql.update(
                connection,
                "INSERT INTO " + TABLE + " (source_name, kind, server_uuid, config_fingerprint) VALUES (?, ?, '', ?)"
                        + " ON CONFLICT (source_name) DO NOTHING",
                name,
                text(kind),
                configFingerprint);
        if (written == 0) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The source is in the catalogue already",
                    Map.of("source", name),
                    "Run 'kameleon drop_source --source " + name + "' first, or leave it as it is.");
        }
        insertMappings(connection, name, mappings);
    }

    /** Removes the source with all that the catalogue holds about it; the replicated schemas stay as they are. */
    public void drop(Connection connection, String name) throws SQLException {
        Sql.update(connection, "DELETE FROM " + SCHEMA + ".discarded_row WHERE source_name = ?", name);
        Sql.update(connection, "DELETE FROM " + SCHEMA + ".error_log WHERE source_name = ?", name);
        requireFound(name, Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", name));
    }

    public Optional<ReplicaSource> find(Connection connection, String name) throws SQLException {
        return Sql.first(connection, SourceStore::read, "SELECT * FROM " + TABLE + " WHERE source_name = ?", name);
    }

    /** @throws ReplicationException SOURCE_UNKNOWN when it is not in the catalogue */
    public ReplicaSource get(Connection connection, String name) throws SQLException {
        return find(connection, name).orElseThrow(() -> unknown(name));
    }

    public List<ReplicaSource> list(Connection connection) throws SQLException {
        return Sql.list(connection, SourceStore::read, "SELECT * FROM " + TABLE + " ORDER BY source_name");
    }

    /** Sets the status; INITIALISED also notes the time. */
    public void setStatus(Connection connection, String name, Status status) throws SQLException {
        requireFound(
                name,
                Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET status = ?, initialised_at ="
                                + " CASE WHEN ? = 'initialised' THEN clock_timestamp() ELSE initialised_at END"
                                + " WHERE source_name = ?",
                        text(status),
                        text(status),
                        name));
    }

    /** Notes what the operator asked for; RUNNING also forgets earlier failures, STOPPED processes that are gone. */
    public void setDesiredState(Connection connection, String name, DesiredState desired) throws SQLException {
        requireFound(
                name,
                Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET desired_state = ?, desired_at = clock_timestamp()"
                                + " WHERE source_name = ?",
                        text(desired),
                        name));
        if (desired == DesiredState.RUNNING) {
            clearFailure(connection, name);
        } else {
            new LeaseStore().releaseDead(connection, name);
        }
    }

    /** @param serverUuid as in {@link io.kameleon.schemas.position.SourcePosition} */
    public void setServerUuid(Connection connection, String name, String serverUuid) throws SQLException {
        requireFound(
                name,
                Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET server_uuid = ? WHERE source_name = ?",
                        serverUuid,
                        name));
    }

    public void setConfigFingerprint(Connection connection, String name, String fingerprint) throws SQLException {
        requireFound(
                name,
                Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET config_fingerprint = ? WHERE source_name = ?",
                        fingerprint,
                        name));
    }

    /** Forgets why the sides ended by themselves. */
    public void clearFailure(Connection connection, String name) throws SQLException {
        new FailureStore().clear(connection, name, EnumSet.of(Role.READER, Role.REPLAY));
    }

    /**
     * Notes that a maintenance run begins, when the last one began longer ago than {@code interval}. Commit at once.
     *
     * @return false when it is too early, or another process was faster
     */
    public boolean claimMaintenance(Connection connection, String name, Duration interval) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE " + TABLE + " SET maintained_at = clock_timestamp() WHERE source_name = ? AND"
                                + " (maintained_at IS NULL OR maintained_at <= clock_timestamp() - ? * interval '1 second')",
                        name,
                        interval.toSeconds())
                > 0;
    }

    /** Origin to destination schema, ordered by origin; empty when the source is not in the catalogue. */
    public Map<String, String> mappings(Connection connection, String name) throws SQLException {
        var mappings = new LinkedHashMap<String, String>();
        Sql.list(
                        connection,
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        "SELECT origin_schema, destination_schema FROM " + MAPPING
                                + " WHERE source_name = ? ORDER BY origin_schema",
                        name)
                .forEach(mapping -> mappings.put(mapping.getKey(), mapping.getValue()));
        return mappings;
    }

    /**
     * Puts {@code mappings} in the place of the source's mappings; tables keep their rows in the catalogue.
     *
     * @throws ReplicationException MAPPING_CONFLICT when another source has one of the destination schemas
     */
    public void replaceMappings(Connection connection, String name, Map<String, String> mappings) throws SQLException {
        get(connection, name);
        Sql.update(connection, "DELETE FROM " + MAPPING + " WHERE source_name = ?", name);
        insertMappings(connection, name, mappings);
    }

    private static void insertMappings(Connection connection, String name, Map<String, String> mappings)
            throws SQLException {
        for (Map.Entry<String, String> mapping : mappings.entrySet()) {
            int written = Sql.update(
                    connection,
                    "INSERT INTO " + MAPPING + " VALUES (?, ?, ?) ON CONFLICT (destination_schema) DO NOTHING",
                    name,
                    mapping.getKey(),
                    mapping.getValue());
            if (written == 0) {
                throw conflict(connection, name, mapping.getKey(), mapping.getValue());
            }
        }
    }

    private static ReplicationException conflict(Connection connection, String name, String origin, String destination)
            throws SQLException {
        String holder = Sql.first(
                        connection,
                        row -> row.getString(1),
                        "SELECT source_name FROM " + MAPPING + " WHERE destination_schema = ?",
                        destination)
                .orElse("another source");
        return new ReplicationException(
                ErrorCode.MAPPING_CONFLICT,
                "The destination schema '" + destination + "' is taken by the source '" + holder + "'",
                Where.of("source", name, "schema", origin),
                "Map it to another schema in schema_mappings, or drop the source '" + holder + "' first.");
    }

    private static void requireFound(String name, int written) {
        if (written == 0) {
            throw unknown(name);
        }
    }

    private static ReplicationException unknown(String name) {
        return new ReplicationException(
                ErrorCode.SOURCE_UNKNOWN,
                "The source is not in the catalogue",
                Map.of("source", name),
                "Run 'kameleon add_source --source " + name + "' first.");
    }

    private static ReplicaSource read(ResultSet row) throws SQLException {
        return new ReplicaSource(
                row.getString("source_name"),
                SourceKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("server_uuid"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                DesiredState.valueOf(row.getString("desired_state").toUpperCase(Locale.ROOT)),
                Sql.instant(row, "desired_at").orElseThrow(),
                row.getString("config_fingerprint"),
                Sql.instant(row, "added_at").orElseThrow(),
                Sql.instant(row, "initialised_at"));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
