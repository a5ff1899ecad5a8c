package io.kameleon.replay.type;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The extensions of the destination database that have types for the source's: the schema that each is installed in, or empty where
 * it is not.
 *
 * @param postgis  has {@code geometry}
 * @param pgvector has {@code vector}; the extension's name is {@code vector} too
 */
public record DestinationExtensions(Optional<String> postgis, Optional<String> pgvector) {
    /** A database without any. */
    public static final DestinationExtensions NONE = new DestinationExtensions(Optional.empty(), Optional.empty());

    private static final String INSTALLED = "SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('postgis', 'vector')";

    public DestinationExtensions {
        requireNonNull(postgis, "postgis");
        requireNonNull(pgvector, "pgvector");
    }

    /** What the connection's database has now. */
    public static DestinationExtensions find(Connection connection) throws SQLException {
        DestinationExtensions found = NONE;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(INSTALLED)) {
            while (row.next()) {
                Optional<String> schema = Optional.of(row.getString(2));
                found = row.getString(1).equals("postgis")
                        ? new DestinationExtensions(schema, found.pgvector)
                        : new DestinationExtensions(found.postgis, schema);
            }
        }
        return found;
    }
}
