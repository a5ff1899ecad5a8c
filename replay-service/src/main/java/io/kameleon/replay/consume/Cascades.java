package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.replay.apply.CascadeRun;
import io.kameleon.replay.apply.CascadeRun.Action;
import io.kameleon.replay.apply.CascadeRun.Kind;
import io.kameleon.replay.apply.CascadeRun.Place;
import io.kameleon.replay.apply.CascadeRun.Rule;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.record.CascadeRuleRecord;
import io.kameleon.schemas.record.CascadeRules;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Gathers rows whose going or changing acts on other tables by foreign keys. What is gathered has to be written before any further
 * record is: the child tables' own events stand in order with it. One thread only.
 */
final class Cascades {
    /** Deletes of one table in a row are done together, up to so many. */
    private static final int ROWS_MAX = 1000;

    private final RecordCodec<CascadeRules> codec;
    private final Function<TableId, Optional<ReplicaTable>> tables;
    private CascadeRun run;
    private TableTarget runOf;
    private byte runKind;
    /** No child table waits for its consistent point, so that the next row of the same kind does the same. */
    private boolean settled;

    Cascades(ReplaySettings settings, Function<TableId, Optional<ReplicaTable>> tables) {
        this.codec = new RecordCodec<>(settings.schemaIds(), settings.topic(), CascadeRules.class);
        this.tables = tables;
    }

    boolean isEmpty() {
        return run == null;
    }

    /** The row's image before is here and the one after is not: nothing may be written in between. */
    boolean isHalf() {
        return run != null && runKind == TopicLayout.CASCADE_MOVED_FROM;
    }

    /** Whether a record may be added to what is gathered. @param header null for a record that acts on no other table */
    boolean continues(byte[] header, TableTarget target) {
        if (header == null || target != runOf) {
            return false;
        }
        boolean moved = runKind == TopicLayout.CASCADE_MOVED_FROM && header[0] == TopicLayout.CASCADE_MOVED_TO;
        boolean deletes = runKind == TopicLayout.CASCADE_DELETE
                && header[0] == TopicLayout.CASCADE_DELETE
                && settled
                && run.size() < ROWS_MAX;
        return moved || deletes;
    }

    /**
     * @param target where the record's own row goes
     * @param at     the record's place in the binlog
     * @return tables for which the effect cannot be known, because it comes through a table whose rows are not those of that moment
     */
    Set<TableId> add(byte[] header, TableTarget target, byte[] value, BinlogCoordinates at) {
        Set<TableId> lost = Set.of();
        if (run == null) {
            if (header[0] == TopicLayout.CASCADE_MOVED_TO) {
                throw malformed();
            }
            lost = begin(header, target, at);
        }
        runKind = header[0];
        switch (header[0]) {
            case TopicLayout.CASCADE_DELETE, TopicLayout.CASCADE_MOVED_FROM -> run.before(value);
            case TopicLayout.CASCADE_MOVED_TO -> run.after(value);
            case TopicLayout.CASCADE_UPDATE -> {
                run.before(value);
                run.after(value);
            }
            default -> throw malformed();
        }
        return lost;
    }

    private Set<TableId> begin(byte[] header, TableTarget target, BinlogCoordinates at) {
        List<Rule> rules = rules(header).stream().map(Cascades::rule).toList();
        settled = true;
        Map<TableId, Place> places = new HashMap<>();
        var passed = new TreeSet<TableId>();
        for (TableId child : children(header)) {
            Optional<ReplicaTable> known = tables.apply(child);
            if (known.filter(table -> table.state() == State.REPLICATED && isBehindCopy(table, at))
                    .isPresent()) {
                places.put(
                        child,
                        new Place(known.get().destinationSchema(), known.get().destinationTable()));
            } else if (known.isPresent()) {
                passed.add(child); // its copy has what the key did, or will have it
                settled = false;
            }
        }
        Set<TableId> lost = behind(passed, rules);
        lost.removeAll(passed);
        lost.retainAll(places.keySet());
        places.keySet().removeAll(lost);
        Kind kind = header[0] == TopicLayout.CASCADE_DELETE ? Kind.DELETE : Kind.UPDATE;
        run = new CascadeRun(target, kind, rules, places);
        runOf = target;
        return lost;
    }

    /** Everything that rows of some tables can reach. */
    private static Set<TableId> behind(Set<TableId> tables, List<Rule> rules) {
        var reached = new TreeSet<TableId>();
        var next = new ArrayDeque<>(tables);
        while (!next.isEmpty()) {
            TableId from = next.poll();
            rules.stream()
                    .filter(rule -> rule.parent().equals(from) && !rule.child().equals(from))
                    .map(Rule::child)
                    .filter(reached::add)
                    .forEach(next::add);
        }
        return reached;
    }

    private static boolean isBehindCopy(ReplicaTable table, BinlogCoordinates at) {
        return table.consistentPoint()
                .filter(point -> at.isBefore(point.coordinates()))
                .isEmpty();
    }

    /** The tables that a record may act on. */
    TreeSet<TableId> children(byte[] header) {
        var children = new TreeSet<TableId>();
        rules(header).forEach(rule -> children.add(new TableId(rule.getDb(), rule.getTable())));
        return children;
    }

    /** Whether what a record does to the child comes from the record's own table, or from rows of the child itself. */
    boolean comesOnlyFrom(byte[] header, TableId parent, TableId child) {
        return rules(header).stream()
                .filter(rule -> child.equals(new TableId(rule.getDb(), rule.getTable())))
                .map(rule -> new TableId(rule.getParentDb(), rule.getParentTable()))
                .allMatch(from -> from.equals(parent) || from.equals(child));
    }

    private List<CascadeRuleRecord> rules(byte[] header) {
        return codec.decode(Arrays.copyOfRange(header, 1, header.length)).getRules();
    }

    private static Rule rule(CascadeRuleRecord rule) {
        return new Rule(
                new TableId(rule.getParentDb(), rule.getParentTable()),
                rule.getReferencedColumns().stream()
                        .map(DestinationNames::column)
                        .toList(),
                new TableId(rule.getDb(), rule.getTable()),
                rule.getColumns().stream().map(DestinationNames::column).toList(),
                rule.getFoldsCase(),
                action(rule.getOnDelete()),
                action(rule.getOnUpdate()));
    }

    private static Action action(String name) {
        return switch (name) {
            case "CASCADE" -> Action.CASCADE;
            case "SET_NULL" -> Action.SET_NULL;
            case "RESTRICT" -> Action.NOTHING;
            default -> throw malformed();
        };
    }

    /** What is gathered, as the caller's; null when nothing is. */
    CascadeRun take() {
        CascadeRun taken = run;
        clear();
        return taken;
    }

    void clear() {
        run = null;
        runOf = null;
        runKind = 0;
    }

    private static ReplicationException malformed() {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED,
                "A record's header says of a foreign key what this version does not know",
                Map.of(),
                "It was written by another version: update this process.");
    }
}
