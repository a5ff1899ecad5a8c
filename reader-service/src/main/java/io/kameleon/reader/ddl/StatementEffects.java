package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.DropPartitions;
import io.kameleon.reader.ddl.AlterAction.ExchangePartition;
import io.kameleon.reader.ddl.AlterAction.PartitionToTable;
import io.kameleon.reader.ddl.AlterAction.RenameTable;
import io.kameleon.reader.ddl.AlterAction.TableToPartition;
import io.kameleon.reader.ddl.AlterAction.TruncatePartitions;
import io.kameleon.reader.ddl.TableStatement.Absent;
import io.kameleon.reader.ddl.TableStatement.AlterTable;
import io.kameleon.reader.ddl.TableStatement.CreateTable;
import io.kameleon.reader.ddl.TableStatement.CreateTableLike;
import io.kameleon.reader.ddl.TableStatement.DropTables;
import io.kameleon.reader.ddl.TableStatement.OnExisting;
import io.kameleon.reader.ddl.TableStatement.Rename;
import io.kameleon.reader.ddl.TableStatement.RenameTables;
import io.kameleon.reader.ddl.TableStatement.Rows;
import io.kameleon.reader.ddl.TableStatement.TruncateTable;
import io.kameleon.schemas.change.RowSet;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one parsed statement does to the tracked tables. Reads and writes a draft of the definitions; fails with {@link
 * StatementNotUnderstood} and is then thrown away. One use only.
 */
final class StatementEffects {
    /** Cannot be a name: it is empty. */
    private static final String EVERY_PARTITION = "";

    private static final String PARTITION_GONE =
            "rows went away with a partition whose rows cannot be told by their values";
    private static final String PARTITION_MOVED = "rows went between this table and a partition";

    private final Definitions.Changes definitions;
    private final Rules rules;
    private final SessionContext session;
    private final Predicate<String> trackedSchemas;
    private final TextDefaults databaseText;
    private final List<TableChange> changes = new ArrayList<>();

    /** @param databaseText the defaults of the statement's (first) table's database */
    StatementEffects(
            Definitions.Changes definitions,
            Rules rules,
            SessionContext session,
            Predicate<String> trackedSchemas,
            TextDefaults databaseText) {
        this.definitions = definitions;
        this.rules = rules;
        this.session = session;
        this.trackedSchemas = trackedSchemas;
        this.databaseText = databaseText;
    }

    List<TableChange> of(TableStatement statement) {
        if (statement instanceof CreateTable create) {
            create(create);
        } else if (statement instanceof CreateTableLike like) {
            createLike(like);
        } else if (statement instanceof AlterTable alter) {
            alter(alter);
        } else if (statement instanceof DropTables drop) {
            drop.tables().forEach(this::drop);
        } else if (statement instanceof TruncateTable truncate) {
            truncate(truncate.table());
        } else if (statement instanceof RenameTables renames) {
            renames.renames().forEach(r -> rename(r, renames.absent()));
        }
        return changes;
    }

    private boolean isTracked(TableId table) {
        return trackedSchemas.test(table.schema());
    }

    // ---- CREATE, DROP, TRUNCATE ----

    private void create(CreateTable statement) {
        if (!isTracked(statement.table()) || keepsExisting(statement.table(), statement.onExisting())) {
            return;
        }
        if (statement.rows() == Rows.SELECTED) {
            throw new StatementNotUnderstood(
                    "the table is filled by a query, which its rows in the binlog do not show");
        }
        created(TableCreation.define(statement, databaseText, session.timestampDefaults(), rules));
    }

    private void createLike(CreateTableLike statement) {
        if (!isTracked(statement.table()) || keepsExisting(statement.table(), statement.onExisting())) {
            return;
        }
        created(withoutForeignKeys(known(statement.model()), statement.table()));
    }

    private boolean keepsExisting(TableId table, OnExisting onExisting) {
        boolean exists = definitions.get(table).isPresent() || definitions.isLost(table);
        return exists && onExisting == OnExisting.KEEP;
    }

    private void created(TableDefinition table) {
        boolean replaced = definitions.get(table.id()).isPresent() || definitions.isLost(table.id());
        definitions.put(table);
        changes.add(new Created(table, replaced));
    }

    private static TableDefinition withoutForeignKeys(TableDefinition table, TableId id) {
        return table.withForeignKeys(List.of()).withId(id);
    }

    private void drop(TableId table) {
        boolean known = definitions.get(table).isPresent() || definitions.isLost(table);
        if (isTracked(table) && known) {
            TableId id = definitions.get(table).map(TableDefinition::id).orElse(table);
            definitions.remove(table);
            changes.add(new Dropped(id));
        }
    }

    private void truncate(TableId table) {
        if (isTracked(table)) {
            changes.add(new Truncated(
                    definitions.get(table).map(TableDefinition::id).orElse(table)));
        }
    }

    private TableDefinition known(TableId table) {
        return definitions
                .get(table)
                .orElseThrow(() -> new StatementNotUnderstood("the definition of " + table + " is not known"));
    }

    // ---- ALTER ----

    private void alter(AlterTable statement) {
        TableId target = newName(statement);
        if (!isTracked(statement.table())) {
            enter(target);
            statement.actions().forEach(action -> moveRowsOfOther(action, null));
            return;
        }
        if (statement.absent() == Absent.SKIP
                && definitions.get(statement.table()).isEmpty()
                && !definitions.isLost(statement.table())) {
            return;
        }
        TableDefinition before = known(statement.table());
        Altered altered = new TableAlteration(before, statement.actions(), rules, session).apply(databaseText);
        for (AlterAction action : statement.actions()) {
            List<String> gone = partitionsEmptied(action);
            if (!gone.isEmpty()) {
                rowsGone(altered, gone);
                return;
            }
        }
        if (statement.actions().stream().anyMatch(StatementEffects::movesPartition)) {
            altered = withReason(altered, PARTITION_MOVED);
        }
        record(altered, target);
        statement.actions().forEach(action -> moveRowsOfOther(action, before));
    }

    /** The partitions whose rows go with this clause; none for every other clause. It is the only one of its statement. */
    private static List<String> partitionsEmptied(AlterAction action) {
        if (action instanceof DropPartitions drop) {
            return drop.names();
        }
        if (action instanceof TruncatePartitions truncate) {
            return truncate.names().isEmpty() ? List.of(EVERY_PARTITION) : truncate.names();
        }
        return List.of();
    }

    private void rowsGone(Altered altered, List<String> partitions) {
        boolean all = partitions.equals(List.of(EVERY_PARTITION));
        Optional<List<RowSet>> rows =
                all ? Optional.of(List.of(new RowSet.Everything())) : PartitionRows.of(altered.before(), partitions);
        if (rows.isEmpty()) {
            record(withReason(altered, PARTITION_GONE), altered.before().id());
            return;
        }
        definitions.put(altered.after());
        changes.add(new RowsRemoved(altered.after(), rows.get()));
    }

    private static TableId newName(AlterTable statement) {
        TableId name = statement.table();
        for (AlterAction action : statement.actions()) {
            if (action instanceof RenameTable rename) {
                name = rename.to();
            }
        }
        return name;
    }

    private static boolean movesPartition(AlterAction action) {
        return action instanceof ExchangePartition
                || action instanceof PartitionToTable
                || action instanceof TableToPartition;
    }

    /** @param partitioned the table of the statement; null when it is not tracked */
    private void moveRowsOfOther(AlterAction action, TableDefinition partitioned) {
        if (action instanceof ExchangePartition exchange && isTracked(exchange.other())) {
            copyAgain(known(exchange.other()));
        } else if (action instanceof TableToPartition converted) {
            drop(converted.other());
        } else if (action instanceof PartitionToTable converted && isTracked(converted.other())) {
            if (partitioned == null) {
                enter(converted.other());
                return;
            }
            created(withoutForeignKeys(partitioned, converted.other()));
            copyAgain(known(converted.other()));
        }
    }

    private void copyAgain(TableDefinition table) {
        List<String> names =
                table.columns().stream().map(ColumnDefinition::name).toList();
        changes.add(new Altered(table, table, names, PARTITION_MOVED));
    }

    private static Altered withReason(Altered altered, String reason) {
        String joined = altered.resyncReason().isEmpty() ? reason : altered.resyncReason() + "; " + reason;
        return new Altered(altered.before(), altered.after(), altered.previousNames(), joined);
    }

    // ---- names ----

    private void rename(Rename rename, Absent absent) {
        if (!isTracked(rename.from())) {
            enter(rename.to());
            return;
        }
        boolean exists = definitions.get(rename.from()).isPresent() || definitions.isLost(rename.from());
        if (!exists && absent == Absent.SKIP) {
            return;
        }
        if (definitions.get(rename.from()).isEmpty()) {
            renameUnknown(rename);
            return;
        }
        TableDefinition before = known(rename.from());
        List<String> names =
                before.columns().stream().map(ColumnDefinition::name).toList();
        record(new Altered(before, before, names, ""), rename.to());
    }

    /** A table whose definition was lost keeps being lost under its new name. */
    private void renameUnknown(Rename rename) {
        drop(rename.from());
        if (isTracked(rename.to())) {
            definitions.lose(rename.to());
            changes.add(new Unsupported(rename.to(), "the definition of " + rename.from() + " is not known"));
        }
    }

    /** A table that comes from an untracked schema brings a structure and rows that were never seen. */
    private void enter(TableId table) {
        if (isTracked(table)) {
            definitions.lose(table);
            changes.add(new Unsupported(table, "the table comes from a schema that is not replicated"));
        }
    }

    private void record(Altered altered, TableId target) {
        TableDefinition before = altered.before();
        boolean renamed = !rules.nameCase().key(target).equals(rules.nameCase().key(before.id()));
        if (renamed && !isTracked(target)) {
            definitions.remove(before.id());
            changes.add(new Dropped(before.id()));
            return;
        }
        TableDefinition after = renamed ? ReferencingKeys.renamed(altered.after(), target) : altered.after();
        if (!renamed && after.equals(before) && altered.resyncReason().isEmpty() && keepsColumns(altered)) {
            return; // an option that the model does not keep
        }
        if (renamed) {
            definitions.remove(before.id());
        }
        definitions.put(after);
        ReferencingKeys.follow(definitions, rules.nameCase(), altered, after);
        TableDefinition followed = definitions.get(after.id()).orElse(after);
        changes.add(new Altered(before, followed, altered.previousNames(), altered.resyncReason()));
    }

    private static boolean keepsColumns(Altered altered) {
        List<String> names =
                altered.before().columns().stream().map(ColumnDefinition::name).toList();
        return names.equals(altered.previousNames());
    }
}
