package io.kameleon.replay.apply;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Rows of one table that went or changed, and what that does in other tables by foreign keys. Gathered by one thread, then handed
 * to {@link CascadeWriter} on another.
 */
public final class CascadeRun {
    private final TableTarget parent;
    private final Kind kind;
    private final List<Rule> rules;
    private final Map<TableId, Place> places;
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> after = new ArrayList<>();

    /** What happened to the rows. */
    public enum Kind {
        DELETE,
        UPDATE
    }

    /** What the key does then. */
    public enum Action {
        NOTHING,
        CASCADE,
        SET_NULL
    }

    /**
     * One foreign key, by the destination's column names.
     *
     * @param folding for each column whether texts that differ in case are one value to the source
     */
    public record Rule(
            TableId parent,
            List<String> referenced,
            TableId child,
            List<String> columns,
            List<Boolean> folding,
            Action onDelete,
            Action onUpdate) {
        public Rule {
            referenced = List.copyOf(referenced);
            columns = List.copyOf(columns);
            folding = List.copyOf(folding);
        }

        Action on(Kind kind) {
            return kind == Kind.DELETE ? onDelete : onUpdate;
        }
    }

    /** A table of the destination, unquoted. */
    public record Place(String schema, String table) {}

    /**
     * @param rules  those of all tables that can be reached
     * @param places the tables that may be written; the others are passed over
     */
    public CascadeRun(TableTarget parent, Kind kind, List<Rule> rules, Map<TableId, Place> places) {
        this.parent = requireNonNull(parent, "parent");
        this.kind = requireNonNull(kind, "kind");
        this.rules = List.copyOf(rules);
        this.places = Map.copyOf(places);
    }

    /** @param value the record with the row's image before, with wire header; not copied */
    public void before(byte[] value) {
        before.add(value);
    }

    /** @param value the record with the row's image after, in the order of {@link #before} */
    public void after(byte[] value) {
        after.add(value);
    }

    public int size() {
        return before.size();
    }

    public Map<TableId, Place> places() {
        return places;
    }

    TableTarget parent() {
        return parent;
    }

    Kind kind() {
        return kind;
    }

    /** Those of one table that do something for rows that went or changed. */
    List<Rule> rules(TableId table, Kind of) {
        return rules.stream()
                .filter(rule -> rule.parent().equals(table) && rule.on(of) != Action.NOTHING)
                .filter(rule -> places.containsKey(rule.child()))
                .toList();
    }

    List<byte[]> before() {
        return Collections.unmodifiableList(before);
    }

    List<byte[]> after() {
        return Collections.unmodifiableList(after);
    }
}
