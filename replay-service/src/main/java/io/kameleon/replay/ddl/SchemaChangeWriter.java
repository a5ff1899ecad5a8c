package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.change.TableChange.Created;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a change of a source's table as PostgreSQL statements. Several changes of one statement are written and run in
 * their order, in one transaction. Never writes CASCADE: an object of somebody else that depends on the table makes the change
 * fail, not the object disappear. Immutable.
 */
public final class SchemaChangeWriter {
    private final DdlWriter ddl;
    private final Map<String, String> schemaMappings;

    /** @param schemaMappings origin schema to destination schema */
    public SchemaChangeWriter(DdlWriter ddl, Map<String, String> schemaMappings) {
        this.ddl = requireNonNull(ddl, "ddl");
        this.schemaMappings = Map.copyOf(schemaMappings);
    }

    /**
     * @param time when the source ran the statement
     * @throws ReplicationException STATEMENT_UNSUPPORTED, TYPE_UNSUPPORTED, NAME_CONFLICT, TABLE_TOO_WIDE: the table has to be
     *     disabled
     */
    public ChangeStatements write(TableChange change, StatementTime time) {
        if (change instanceof Created created) {
            return created(created);
        }
        if (change instanceof Altered altered) {
            return altered(altered, time);
        }
        if (change instanceof TableChange.Dropped dropped) {
            return statements(drop(dropped.table()));
        }
        if (change instanceof TableChange.Truncated truncated) {
            return statements(
                    isMapped(truncated.table()) ? List.of("TRUNCATE TABLE " + name(truncated.table())) : List.of());
        }
        if (change instanceof TableChange.RowsRemoved removed) {
            return statements(
                    isMapped(removed.table()) ? DeleteWriter.statements(name(removed.table()), removed) : List.of());
        }
        throw unsupported((TableChange.Unsupported) change);
    }

    private ChangeStatements created(Created change) {
        TableDefinition table = change.after();
        if (!isMapped(table.id())) {
            return statements(List.of());
        }
        TableStatements made = ddl.create(table, schemaMappings.get(table.id().schema()));
        var all = new ArrayList<String>(change.replaced() ? drop(table.id()) : List.of());
        all.addAll(made.all());
        return new ChangeStatements(all, made.notes(), "");
    }

    /** A rename may take the table out of the mapped schemas or into them. */
    private ChangeStatements altered(Altered change, StatementTime time) {
        boolean stays = isMapped(change.after().id());
        if (!isMapped(change.before().id())) {
            return stays ? entered(change) : statements(List.of());
        }
        if (!stays) {
            String note = "Table " + change.before().id() + " is dropped: it is now "
                    + change.after().id() + ", whose schema is not mapped";
            return new ChangeStatements(drop(change.before().id()), List.of(note), "");
        }
        TableModel before = ddl.model(change.before(), destination(change.before()));
        TableModel after = ddl.model(change.after(), destination(change.after()));
        return new AlterWriter(change, before, after, time).write();
    }

    private ChangeStatements entered(Altered change) {
        TableStatements made = ddl.create(change.after(), destination(change.after()));
        return new ChangeStatements(
                made.all(),
                made.notes(),
                "the table came from schema '" + change.before().id().schema() + "', which is not mapped");
    }

    private String destination(TableDefinition table) {
        return schemaMappings.get(table.id().schema());
    }

    private boolean isMapped(TableId table) {
        return schemaMappings.containsKey(table.schema());
    }

    private String name(TableId table) {
        return SqlText.qualified(schemaMappings.get(table.schema()), DestinationNames.table(table.name()));
    }

    private List<String> drop(TableId table) {
        if (!isMapped(table)) {
            return List.of();
        }
        return List.of(DropWriter.drop(schemaMappings.get(table.schema()), DestinationNames.table(table.name())));
    }

    private static ChangeStatements statements(List<String> statements) {
        return new ChangeStatements(statements, List.of(), "");
    }

    private static ReplicationException unsupported(TableChange.Unsupported change) {
        return new ReplicationException(
                ErrorCode.STATEMENT_UNSUPPORTED,
                "A statement changed the table in a way that cannot be followed: " + change.reason(),
                Map.of("table", change.table()),
                "Copy the table again.");
    }
}
