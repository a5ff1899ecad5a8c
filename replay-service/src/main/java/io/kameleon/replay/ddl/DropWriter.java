package io.kameleon.replay.ddl;

/** Drops a table together with the enum types that were made for its columns. */
final class DropWriter {
    private DropWriter() {}

    /**
     * One statement. The types are taken from the catalogue, because a dropped table's definition need not be known. No error
     * when the table is not there; an error when anything else depends on it.
     */
    static String drop(String schema, String table) {
        String name = SqlText.qualified(schema, table);
        String body = "DECLARE owned text[]; type_name text; BEGIN"
                + " SELECT coalesce(array_agg(DISTINCT format('%I.%I', n.nspname, t.typname)), '{}') INTO owned"
                + " FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typtype = 'e' AND t.typnamespace = c.relnamespace"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                + " WHERE c.oid = pg_catalog.to_regclass(" + SqlText.literal(name) + ");"
                + " DROP TABLE IF EXISTS " + name + ";"
                + " FOREACH type_name IN ARRAY owned LOOP EXECUTE 'DROP TYPE ' || type_name; END LOOP; END";
        return "DO " + SqlText.literal(body);
    }
}
