package io.kameleon.reader.server;

import io.kameleon.reader.server.ServerFacts.Cascades;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Tables whose rows a foreign key may change without a trace in the binlog (F5). */
public final class UnloggedForeignKeys {
    private static final int SHOWN_MAX = 10;
    private static final String CHILDREN = """
            SELECT DISTINCT CONSTRAINT_SCHEMA, TABLE_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS
            WHERE CONSTRAINT_SCHEMA = ?
              AND (DELETE_RULE IN ('CASCADE', 'SET NULL') OR UPDATE_RULE IN ('CASCADE', 'SET NULL'))
            """;

    private UnloggedForeignKeys() {}

    /** By name; empty on a server that logs what its foreign keys do. */
    public static List<TableId> children(SourceServer server, Collection<String> schemas) {
        var children = new TreeSet<TableId>();
        if (server.facts().cascades() == Cascades.NOT_LOGGED) {
            schemas.forEach(schema -> server.each(
                    CHILDREN, row -> children.add(new TableId(row.getString(1), row.getString(2))), schema));
        }
        return List.copyOf(children);
    }

    /** One sentence for the operator. @param children not empty */
    public static String sentence(List<TableId> children) {
        var names = new ArrayList<>(
                children.stream().limit(SHOWN_MAX).map(TableId::toString).toList());
        if (children.size() > SHOWN_MAX) {
            names.add((children.size() - SHOWN_MAX) + " more");
        }
        return "This server does not log what foreign keys do (ON DELETE or ON UPDATE CASCADE, SET NULL) in "
                + String.join(", ", names)
                + "; replay does it in PostgreSQL, and these tables are copied at one moment each";
    }
}
