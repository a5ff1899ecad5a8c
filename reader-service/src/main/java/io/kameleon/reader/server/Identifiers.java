package io.kameleon.reader.server;

import io.kameleon.schemas.table.TableId;

/** Names in the SQL that we send: always quoted by backticks, so that any name is only a name. */
public final class Identifiers {
    private Identifiers() {}

    public static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    public static String quote(TableId table) {
        return quote(table.schema()) + "." + quote(table.name());
    }
}
