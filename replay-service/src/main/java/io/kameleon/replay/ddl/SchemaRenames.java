package io.kameleon.replay.ddl;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** Destination schemas that get other names, with all that is in them; names may change places. */
public final class SchemaRenames {
    private SchemaRenames() {}

    /**
     * Renames them, in the caller's transaction.
     *
     * @param names from the old name to the new one
     * @throws ReplicationException WRONG_STATE when an old name is not there; MAPPING_CONFLICT when a new one is, and stays;
     *     DESTINATION_ACCESS_DENIED
     */
    public static void run(Connection connection, Map<String, String> names) {
        var renaming = new Renaming(
                (from, to) -> "ALTER SCHEMA " + SqlText.identifier(from) + " RENAME TO " + SqlText.identifier(to));
        names.forEach((from, to) -> {
            if (!SchemaLoader.exists(connection, from)) {
                throw new ReplicationException(
                        ErrorCode.WRONG_STATE,
                        "The schema is not in PostgreSQL",
                        Map.of("schema", from),
                        "Give it the name that the catalogue has for it, or copy the source anew.");
            }
            if (!names.containsKey(to) && SchemaLoader.exists(connection, to)) {
                throw taken(to);
            }
            renaming.add(from, to);
        });
        new StatementRunner(connection, names).run(renaming.statements());
    }

    /**
     * Makes a schema for tables to come, in the caller's transaction; one without tables may be there.
     *
     * @param grantSelectTo roles that may read it
     * @throws ReplicationException MAPPING_CONFLICT when it has tables; DESTINATION_ACCESS_DENIED
     */
    public static void create(Connection connection, DdlWriter ddl, String schema, List<String> grantSelectTo) {
        if (SchemaLoader.hasTables(connection, schema)) {
            throw taken(schema);
        }
        var runner = new StatementRunner(connection, Map.of("schema", schema));
        runner.run("CREATE SCHEMA IF NOT EXISTS " + SqlText.identifier(schema));
        runner.run(new SchemaLoader(ddl, schema, grantSelectTo).grants());
    }

    private static ReplicationException taken(String schema) {
        return new ReplicationException(
                ErrorCode.MAPPING_CONFLICT,
                "PostgreSQL has a schema of that name already",
                Map.of("schema", schema),
                "Map to another name, or rename or drop that schema first.");
    }
}
