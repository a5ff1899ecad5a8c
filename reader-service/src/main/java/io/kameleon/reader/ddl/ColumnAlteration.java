package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddColumn;
import io.kameleon.reader.ddl.AlterAction.ChangeColumn;
import io.kameleon.reader.ddl.AlterAction.ConvertCharset;
import io.kameleon.reader.ddl.AlterAction.DropColumn;
import io.kameleon.reader.ddl.AlterAction.RenameColumn;
import io.kameleon.reader.ddl.AlterAction.SetDefault;
import io.kameleon.reader.ddl.AlterAction.SetVisibility;
import io.kameleon.reader.ddl.TableDraft.DraftColumn;
import io.kameleon.reader.ddl.TableStatement.Absent;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The column clauses of one ALTER TABLE. As on the server, clauses on existing columns go by the names before the statement,
 * so that a swap of names works; then columns with a place, and new ones, come in by the new names. One use only.
 */
final class ColumnAlteration {
    private final TableDefinition before;
    private final TableDraft draft;
    private final Rules rules;
    private final SessionContext session;
    private final Map<String, AlterAction> byOldName = new HashMap<>();
    private final Set<AlterAction> skipped = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean converting;

    ColumnAlteration(TableDefinition before, TableDraft draft, Rules rules, SessionContext session) {
        this.before = before;
        this.draft = draft;
        this.rules = rules;
        this.session = session;
    }

    void apply(List<AlterAction> actions) {
        converting = actions.stream().anyMatch(ConvertCharset.class::isInstance);
        actions.forEach(this::register);
        before.columns().forEach(this::carryOver);
        actions.forEach(this::placeOrAdd);
        actions.forEach(this::setAttribute);
    }

    /** A clause that IF [NOT] EXISTS made void. */
    boolean isSkipped(AlterAction action) {
        return skipped.contains(action);
    }

    /** Old name in lower case to the present one; dropped columns are missing. */
    Map<String, String> namesKept() {
        var names = new HashMap<String, String>();
        for (DraftColumn column : draft.columns) {
            if (!column.previousName().isEmpty()) {
                names.put(lower(column.previousName()), column.definition().name());
            }
        }
        return names;
    }

    private void register(AlterAction action) {
        if (action instanceof DropColumn drop) {
            register(drop.name(), drop, drop.absent());
        } else if (action instanceof ChangeColumn change) {
            register(change.name(), change, change.absent());
        } else if (action instanceof RenameColumn rename) {
            register(rename.from(), rename, rename.absent());
        } else if (action instanceof AddColumn add
                && add.existing() == IndexSpec.Existing.KEEP
                && before.column(add.spec().name()).isPresent()) {
            skipped.add(add);
        }
    }

    private void register(String column, AlterAction action, Absent absent) {
        if (before.column(column).isPresent()) {
            byOldName.put(lower(column), action);
        } else if (absent == Absent.SKIP) {
            skipped.add(action);
        } else {
            throw new StatementNotUnderstood(
                    "column '" + column + "' is not in the known definition of " + before.id());
        }
    }

    private void carryOver(ColumnDefinition column) {
        AlterAction action = byOldName.get(lower(column.name()));
        if (action instanceof DropColumn) {
            return;
        }
        if (action instanceof ChangeColumn change) {
            if (change.placement().where() == Placement.Where.UNSAID) {
                draft.columns.add(changed(column, change.spec()));
            }
            return;
        }
        ColumnDefinition kept = converting ? converted(column) : column;
        String name = action instanceof RenameColumn rename ? rename.to() : column.name();
        draft.columns.add(new DraftColumn(kept.withName(name), column.name()));
    }

    private DraftColumn changed(ColumnDefinition column, ColumnSpec spec) {
        ColumnDefinition after = resolve(spec);
        draft.resync(DataEffect.ofChanged(column, after, session.sqlMode()));
        boolean feedsOthers = column.nullable()
                && !after.nullable()
                && !session.sqlMode().strict()
                && before.columns().stream().anyMatch(ColumnDefinition::generated);
        draft.resync(feedsOthers ? "generated columns may depend on column '" + after.name() + "'" : "");
        return new DraftColumn(after, column.name());
    }

    private ColumnDefinition converted(ColumnDefinition column) {
        ColumnDefinition after = ColumnChange.withType(column, rules.types().convert(column.type(), draft.text));
        draft.resync(DataEffect.ofConverted(column, after, session.sqlMode()));
        return after;
    }

    /** CONVERT TO CHARACTER SET goes before what the statement says of a single column. */
    private ColumnDefinition resolve(ColumnSpec spec) {
        boolean bytes = Charsets.charset(spec.type().charset()).equals(Charsets.BINARY);
        ColumnSpec effective =
                converting && !bytes ? spec.withType(spec.type().withCharset("").withCollation("")) : spec;
        return rules.columns().resolve(effective, draft.text, session.timestampDefaults(), draft.definitions());
    }

    private void placeOrAdd(AlterAction action) {
        if (skipped.contains(action)) {
            return;
        }
        if (action instanceof AddColumn add) {
            ColumnDefinition column = resolve(add.spec());
            draft.resync(DataEffect.ofAdded(column));
            place(new DraftColumn(column, ""), add.placement());
        } else if (action instanceof ChangeColumn change && change.placement().where() != Placement.Where.UNSAID) {
            ColumnDefinition old = before.column(change.name()).orElseThrow();
            place(changed(old, change.spec()), change.placement());
        }
    }

    private void place(DraftColumn column, Placement placement) {
        switch (placement.where()) {
            case UNSAID -> draft.columns.add(column);
            case FIRST -> draft.columns.add(0, column);
            case AFTER -> {
                draft.require(placement.column());
                draft.columns.add(draft.indexOf(placement.column()) + 1, column);
            }
        }
    }

    private void setAttribute(AlterAction action) {
        if (action instanceof SetDefault set) {
            ColumnDefinition column = draft.require(set.column());
            replace(ColumnChange.withDefault(column, DefaultResolver.resolve(set.value(), column.type())));
        } else if (action instanceof SetVisibility set) {
            replace(ColumnChange.withVisibility(draft.require(set.column()), set.invisible()));
        }
    }

    private void replace(ColumnDefinition column) {
        int index = draft.indexOf(column.name());
        draft.columns.set(index, draft.columns.get(index).with(column));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
