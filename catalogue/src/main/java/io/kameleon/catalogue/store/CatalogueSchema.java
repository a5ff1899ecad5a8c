package io.kameleon.catalogue.store;

import io.kameleon.catalogue.store.Catalogue.Pending;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.util.PSQLException;

/** The catalogue's schema as a whole: its version, its making by Flyway, its end. */
final class CatalogueSchema {
    static final String LOCATION = "classpath:db/kameleon";

    /** Flyway's history table, inside the catalogue's schema. */
    static final String HISTORY = "schema_version";

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private CatalogueSchema() {}

    static OptionalInt version(Connection connection) throws SQLException {
        boolean present = Sql.first(
                        connection,
                        row -> row.getBoolean(1),
                        "SELECT to_regclass(?) IS NOT NULL",
                        Catalogue.SCHEMA + "." + HISTORY)
                .orElseThrow();
        if (!present) {
            return OptionalInt.empty();
        }
        return Sql.first(
                        connection,
                        row -> row.getInt(1),
                        "SELECT max(version::int) FROM " + Catalogue.SCHEMA + "." + HISTORY
                                + " WHERE success AND version IS NOT NULL HAVING count(*) > 0")
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** Makes sure that the schema is ours or can be made, so that Flyway does not have to find out. */
    static void requireFree(Connection connection, Map<String, Object> where) throws SQLException {
        record Found(boolean schema, boolean history, boolean objects, boolean mayCreate) {}
        Found found = Sql.first(
                        connection,
                        row -> new Found(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)),
                        "SELECT to_regnamespace(?) IS NOT NULL, to_regclass(?) IS NOT NULL,"
                                + " EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(?)),"
                                + " has_database_privilege(current_database(), 'CREATE')",
                        Catalogue.SCHEMA,
                        Catalogue.SCHEMA + "." + HISTORY,
                        Catalogue.SCHEMA)
                .orElseThrow();
        if (!found.schema && !found.mayCreate) {
            throw new ReplicationException(
                    ErrorCode.DESTINATION_ACCESS_DENIED,
                    "The user may not create schemas in the database",
                    where,
                    "As its owner run: GRANT CREATE ON DATABASE <database> TO <user>;");
        }
        if (found.schema && !found.history && found.objects) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The schema " + Catalogue.SCHEMA + " is there already and is not a catalogue",
                    where,
                    "Move its objects elsewhere, or drop it.");
        }
    }

    static void migrate(PgConnections connections) {
        try {
            flyway(connections).migrate();
        } catch (FlywayException e) {
            throw failed(connections, e);
        }
    }

    /** Grouped: all missing versions are one transaction. */
    private static Flyway flyway(PgConnections connections) {
        return Flyway.configure(CatalogueSchema.class.getClassLoader())
                .dataSource(new PgDataSource(connections, "migration"))
                .schemas(Catalogue.SCHEMA)
                .defaultSchema(Catalogue.SCHEMA)
                .createSchemas(true)
                .table(HISTORY)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .placeholderReplacement(false)
                .cleanDisabled(true)
                .group(true)
                .load();
    }

    static List<Pending> tryMigrate(PgConnections connections) {
        try (Connection connection = connections.open("migration-trial")) {
            Flyway flyway = flyway(connections);
            var pending = new ArrayList<Pending>();
            connection.setAutoCommit(false);
            for (MigrationInfo info : flyway.info().pending()) {
                run(connection, info.getScript());
                pending.add(new Pending(Integer.parseInt(info.getVersion().getVersion()), info.getDescription()));
            }
            connection.rollback();
            return pending;
        } catch (FlywayException e) {
            throw failed(connections, e);
        } catch (SQLException e) {
            throw PgErrors.translate(e, "The catalogue cannot be brought to this version", connections.where());
        }
    }

    private static void run(Connection connection, String script) throws SQLException {
        String path = LOCATION.substring("classpath:".length()) + "/" + script;
        try (InputStream text = CatalogueSchema.class.getClassLoader().getResourceAsStream(path);
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL search_path TO " + Catalogue.SCHEMA);
            statement.execute(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void drop(Connection connection, Map<String, Object> where) throws SQLException {
        List<String> tables = Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ?",
                Catalogue.SCHEMA);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + tables.stream().collect(Collectors.joining(", ")) + " RESTRICT");
            statement.execute("DROP SCHEMA " + Catalogue.SCHEMA + " RESTRICT");
        } catch (SQLException e) {
            if (DEPENDENT_OBJECTS.equals(e.getSQLState())) {
                throw dependents(e, where);
            }
            throw e;
        }
    }

    private static ReplicationException dependents(SQLException error, Map<String, Object> where) {
        String detail = error instanceof PSQLException refused && refused.getServerErrorMessage() != null
                ? refused.getServerErrorMessage().getDetail()
                : null;
        String names = detail == null ? "" : " (" + detail.replace('\n', ';') + ")";
        return new ReplicationException(
                ErrorCode.WRONG_STATE,
                "Other objects depend on the catalogue or stand in its schema" + names,
                where,
                "Drop or move them first.",
                error);
    }

    private static ReplicationException failed(PgConnections connections, FlywayException error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return PgErrors.translate(refused, "The catalogue cannot be created", connections.where());
            }
        }
        return new ReplicationException(
                ErrorCode.CATALOGUE_VERSION,
                "The catalogue's history does not fit this Kameleon",
                connections.where(),
                "Use the Kameleon that made it.",
                error);
    }
}
