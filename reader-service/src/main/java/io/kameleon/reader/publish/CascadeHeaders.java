package io.kameleon.reader.publish;

import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.schemas.record.CascadeRuleRecord;
import io.kameleon.schemas.record.CascadeRules;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What foreign keys do in other tables when rows of a table go or change, as headers of such records: for servers whose log does
 * not have it (F5). Made once for each table, until a definition changes. One thread only.
 */
final class CascadeHeaders {
    private final DefinitionTracker definitions;
    private final RecordCodec<CascadeRules> codec;
    private final Map<TableId, TableCascades> byParent = new HashMap<>();
    /** Null until it is asked for: parent to the rules of its children. */
    private Map<TableId, List<CascadeRuleRecord>> rules;

    /**
     * Header values for the records of one table; null where no other table is concerned.
     *
     * @param onUpdate for updates that keep the row's identity
     * @param byIdentity all the keys refer to the identity's columns
     * @param reached    the tables that can be concerned
     * @param movedFrom for the delete, and {@code movedTo} for the insert, that stand for an update of the identity
     */
    @SuppressWarnings("ArrayRecordComponent")
    record TableCascades(
            byte[] onDelete,
            byte[] onUpdate,
            byte[] movedFrom,
            byte[] movedTo,
            boolean byIdentity,
            Set<TableId> reached) {
        /** Rows that act on no other table. */
        static final TableCascades NONE = new TableCascades(null, null, null, null, true, Set.of());
    }

    CascadeHeaders(DefinitionTracker definitions, RecordCodec<CascadeRules> codec) {
        this.definitions = definitions;
        this.codec = codec;
    }

    /** Any definition has changed. */
    void clear() {
        byParent.clear();
        rules = null;
    }

    TableCascades of(TableId parent) {
        return byParent.computeIfAbsent(parent, this::make);
    }

    private TableCascades make(TableId parent) {
        if (rules == null) {
            rules = read();
        }
        List<CascadeRuleRecord> own = rules.getOrDefault(parent, List.of());
        Optional<TableDefinition> definition = definitions.definition(parent);
        if (own.isEmpty() || definition.isEmpty()) {
            return TableCascades.NONE;
        }
        List<CascadeRuleRecord> closure = closure(parent);
        byte[] all = codec.encode(new CascadeRules(closure));
        List<String> identity = definition.get().identity();
        boolean deletes = own.stream().anyMatch(rule -> !rule.getOnDelete().equals(Action.RESTRICT.name()));
        boolean updates = own.stream()
                .filter(rule -> !rule.getOnUpdate().equals(Action.RESTRICT.name()))
                .anyMatch(rule -> !containsAll(identity, rule.getReferencedColumns()));
        boolean moves = own.stream().anyMatch(rule -> !rule.getOnUpdate().equals(Action.RESTRICT.name()));
        return new TableCascades(
                deletes ? header(TopicLayout.CASCADE_DELETE, all) : null,
                updates ? header(TopicLayout.CASCADE_UPDATE, all) : null,
                moves ? header(TopicLayout.CASCADE_MOVED_FROM, all) : null,
                moves ? header(TopicLayout.CASCADE_MOVED_TO, all) : null,
                own.stream().allMatch(rule -> containsAll(identity, rule.getReferencedColumns())),
                closure.stream()
                        .map(rule -> new TableId(rule.getDb(), rule.getTable()))
                        .collect(Collectors.toSet()));
    }

    private static boolean containsAll(List<String> identity, List<String> columns) {
        return columns.stream().allMatch(column -> identity.stream().anyMatch(column::equalsIgnoreCase));
    }

    private static byte[] header(byte kind, byte[] rules) {
        byte[] value = new byte[rules.length + 1];
        value[0] = kind;
        System.arraycopy(rules, 0, value, 1, rules.length);
        return value;
    }

    /** The rules of all tables that a change can reach, nearest first. */
    private List<CascadeRuleRecord> closure(TableId parent) {
        var reached = new LinkedHashSet<TableId>(Set.of(parent));
        var found = new ArrayList<CascadeRuleRecord>();
        var next = new ArrayList<TableId>(List.of(parent));
        while (!next.isEmpty()) {
            for (CascadeRuleRecord rule : rules.getOrDefault(next.remove(0), List.of())) {
                found.add(rule);
                var child = new TableId(rule.getDb(), rule.getTable());
                if (reached.add(child)) {
                    next.add(child);
                }
            }
        }
        return found;
    }

    private Map<TableId, List<CascadeRuleRecord>> read() {
        var read = new HashMap<TableId, List<CascadeRuleRecord>>();
        for (TableDefinition child : definitions.definitions().values()) {
            for (ForeignKeyDefinition key : child.foreignKeys()) {
                Optional<TableDefinition> parent = definitions.definition(key.referenced());
                if (parent.isPresent() && acts(key)) {
                    read.computeIfAbsent(parent.get().id(), any -> new ArrayList<>())
                            .add(rule(key, child, parent.get().id()));
                }
            }
        }
        return read;
    }

    private static boolean acts(ForeignKeyDefinition key) {
        return isAction(key.onDelete()) || isAction(key.onUpdate());
    }

    private static boolean isAction(Action action) {
        return action == Action.CASCADE || action == Action.SET_NULL;
    }

    private static CascadeRuleRecord rule(ForeignKeyDefinition key, TableDefinition child, TableId parent) {
        return new CascadeRuleRecord(
                parent.schema(),
                parent.name(),
                key.referencedColumns(),
                child.id().schema(),
                child.id().name(),
                key.columns(),
                key.columns().stream().map(column -> folds(child, column)).toList(),
                name(key.onDelete()),
                name(key.onUpdate()));
    }

    private static String name(Action action) {
        return isAction(action) ? action.name() : Action.RESTRICT.name();
    }

    /** Whether texts that differ in case are one value to the server. */
    private static boolean folds(TableDefinition child, String name) {
        return child.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(ColumnDefinition::type)
                .anyMatch(type -> type.kind().isText()
                        && type.collation().toLowerCase(Locale.ROOT).endsWith("_ci"));
    }
}
