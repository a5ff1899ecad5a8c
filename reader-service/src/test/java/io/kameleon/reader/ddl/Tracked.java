package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.change.TableChange.Created;
import io.kameleon.schemas.change.TableChange.Dropped;
import io.kameleon.schemas.change.TableChange.RowsRemoved;
import io.kameleon.schemas.change.TableChange.Truncated;
import io.kameleon.schemas.change.TableChange.Unsupported;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.List;

/** A tracker of the schemas {@code shop} and {@code stock} with some tables, and its changes in short words. */
final class Tracked {
    static final ServerDialect MYSQL = ServerDialect.of("8.4.3");
    static final ServerDialect MARIADB = ServerDialect.of("11.4.5-MariaDB-log");

    final DefinitionTracker tracker;

    private Tracked(ServerDialect dialect, NameCase nameCase) {
        tracker = new DefinitionTracker(dialect, nameCase, Charsets.of(dialect), List.of("shop", "stock")::contains);
    }

    static Tracked on(ServerDialect dialect) {
        return with(dialect, NameCase.SENSITIVE);
    }

    static Tracked with(ServerDialect dialect, NameCase nameCase) {
        var tracked = new Tracked(dialect, nameCase);
        tracked.putTables();
        return tracked;
    }

    private void putTables() {
        apply("CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int, b varchar(20), KEY i (a))");
        apply("CREATE TABLE s (id int PRIMARY KEY, x int)");
        apply("CREATE TABLE stock.items (id int PRIMARY KEY)");
    }

    /** In schema shop, under a strict mode. */
    String apply(String statement) {
        return apply(statement, SessionContext.of("shop", 1_700_000_000L));
    }

    String apply(String statement, SessionContext session) {
        return tracker.apply(statement, session).map(Tracked::words).orElse("nothing");
    }

    TableDefinition table(String name) {
        return tracker.definition(new TableId("shop", name)).orElseThrow();
    }

    List<String> columns(String name) {
        return table(name).columns().stream().map(ColumnDefinition::name).toList();
    }

    private static String words(SchemaChange change) {
        return String.join(", ", change.changes().stream().map(Tracked::words).toList());
    }

    private static String words(TableChange change) {
        if (change instanceof Created created) {
            return (created.replaced() ? "replaced " : "created ") + created.table();
        }
        if (change instanceof Altered altered) {
            boolean renamed = !altered.before().id().equals(altered.after().id());
            String text = renamed
                    ? "renamed " + altered.before().id() + " " + altered.after().id()
                    : "altered " + altered.before().id();
            return altered.resyncReason().isEmpty() ? text : text + " resync";
        }
        if (change instanceof Dropped) {
            return "dropped " + change.table();
        }
        if (change instanceof RowsRemoved removed) {
            return "rows of " + change.table() + " gone " + removed.rows();
        }
        return (change instanceof Truncated ? "truncated " : change instanceof Unsupported ? "unsupported " : "? ")
                + change.table();
    }
}
