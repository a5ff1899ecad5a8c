package io.kameleon.catalogue.store;

import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The catalogue of a destination database: one schema that holds the sources, their tables, positions and errors.
 *
 * <p>Opening it proves that the database can be reached and written to, not that the catalogue is there: that is
 * {@link #requireVersion()}. The stores ({@link SourceStore}, {@link TableStore}, {@link ReplayPositionStore} and so on) do the
 * reading and writing on a connection of the caller's. Keeps a connection for a few seconds after it was used; thread-safe.
 */
public final class Catalogue {
    /** The schema of the catalogue; nothing else lives in it. */
    public static final String SCHEMA = "sch_kameleon";

    /** The version that this build works with: the number of the last migration. */
    public static final int VERSION = 9;

    /** As in {@code server_version_num}. */
    static final int SERVER_VERSION_MIN = 120_000;

    private static final String ROLE = "catalogue";
    private static final String TROUBLE = "The catalogue cannot be read or written";

    private final PgConnections connections;
    private final RestingConnection resting;

    private Catalogue(PgConnections connections) {
        this.connections = connections;
        this.resting = new RestingConnection(connections, ROLE);
    }

    /**
     * Connects once and checks the server.
     *
     * @throws ReplicationException DESTINATION_UNREACHABLE (can be retried), DESTINATION_ACCESS_DENIED, DESTINATION_SETTING
     */
    public static Catalogue open(PgConnConfig config) {
        var catalogue = new Catalogue(new PgConnections(config));
        catalogue.onConnection("The destination cannot be checked", connection -> {
            catalogue.connections.check(connection);
            return null;
        });
        return catalogue;
    }

    public PgConnections connections() {
        return connections;
    }

    /** The catalogue's version; empty when the database has none. */
    public OptionalInt version() {
        return read(connection -> CatalogueSchema.version(connection));
    }

    /**
     * Passes when the catalogue is there in the version of this build.
     *
     * @throws ReplicationException CATALOGUE_MISSING, CATALOGUE_VERSION
     */
    public void requireVersion() {
        int found = version().orElseThrow(this::missing);
        if (found != VERSION) {
            throw wrongVersion(found);
        }
    }

    private ReplicationException missing() {
        return new ReplicationException(
                ErrorCode.CATALOGUE_MISSING,
                "The database has no catalogue",
                connections.where(),
                "Run 'kameleon create_replica_schema'.");
    }

    /**
     * Creates the catalogue, or brings an older one to this build's version, in one transaction. Nothing happens when it is up to
     * date.
     *
     * @throws ReplicationException CATALOGUE_VERSION when it is newer than this build; DESTINATION_ACCESS_DENIED without the
     *                              privilege to create the schema; WRONG_STATE when the schema is there and is not ours
     */
    public Migration migrate() {
        int before = version().orElse(0);
        if (before > VERSION) {
            throw wrongVersion(before);
        }
        if (before < VERSION) {
            read(connection -> {
                CatalogueSchema.requireFree(connection, connections.where());
                return null;
            });
            CatalogueSchema.migrate(connections);
        }
        return new Migration(before, VERSION);
    }

    /**
     * What {@link #migrate()} would do, tried in a transaction that is rolled back. The catalogue's tables are locked meanwhile.
     *
     * @return the missing versions, each with what it is about; empty when nothing is to be done
     * @throws ReplicationException CATALOGUE_MISSING, CATALOGUE_VERSION when it is newer than this build, or its history is another
     *                              one; and as {@link #migrate()} when a version does not apply
     */
    public List<Pending> tryMigrate() {
        int before = requireNotNewer();
        return before == VERSION ? List.of() : CatalogueSchema.tryMigrate(connections);
    }

    /** @return the version that is there. @throws ReplicationException CATALOGUE_MISSING, CATALOGUE_VERSION when it is newer */
    private int requireNotNewer() {
        int found = version().orElseThrow(this::missing);
        if (found > VERSION) {
            throw wrongVersion(found);
        }
        return found;
    }

    /**
     * Drops the catalogue and nothing else; the replicated schemas stay.
     *
     * @return the version that it had; empty when there was none
     * @throws ReplicationException WRONG_STATE when other objects stand in the schema or depend on it
     */
    public OptionalInt drop() {
        return inTransaction(connection -> {
            OptionalInt version = CatalogueSchema.version(connection);
            if (version.isPresent()) {
                CatalogueSchema.drop(connection, connections.where());
            }
            return version;
        });
    }

    /** Runs {@code work} in a transaction, on a connection that nobody else uses meanwhile; any exception rolls it back. */
    public <T> T inTransaction(Work<T> work) {
        return onConnection(TROUBLE, connection -> {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        });
    }

    /** Runs {@code work} in autocommit mode, on a connection that nobody else uses meanwhile. */
    public <T> T read(Work<T> work) {
        return onConnection(TROUBLE, work);
    }

    private <T> T onConnection(String trouble, Work<T> work) {
        try {
            Connection connection = resting.take();
            T result = run(work, connection);
            resting.rest(connection);
            return result;
        } catch (SQLException e) {
            throw PgErrors.translate(e, trouble, connections.where());
        }
    }

    /** A connection on which something failed is not used again; what was not committed is rolled back with it. */
    private <T> T run(Work<T> work, Connection connection) throws SQLException {
        try {
            return work.run(connection);
        } catch (SQLException | RuntimeException | Error e) {
            resting.discard(connection);
            throw e;
        }
    }

    private ReplicationException wrongVersion(int found) {
        Map<String, Object> where = new LinkedHashMap<>(connections.where());
        where.put("found", found);
        where.put("expected", VERSION);
        return found < VERSION
                ? new ReplicationException(
                        ErrorCode.CATALOGUE_VERSION,
                        "The catalogue is older than this Kameleon",
                        where,
                        "Stop all replicas and run 'kameleon upgrade_replica_schema'.")
                : new ReplicationException(
                        ErrorCode.CATALOGUE_VERSION,
                        "The catalogue is newer than this Kameleon",
                        where,
                        "Use the Kameleon that upgraded it, or a newer one.");
    }

    /** What a migration did: {@code from} is 0 for a new catalogue and equals {@code to} when nothing had to be done. */
    public record Migration(int from, int to) {}

    /** A version of the catalogue that is not there yet. */
    public record Pending(int version, String description) {}

    /** Work on a connection that the catalogue opens and closes. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
