package io.kameleon.replay.apply;

import io.kameleon.replay.row.TestTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random sequence of changes that a source could have made, with the source's state after each. */
final class RandomHistory {
    /** A change of one row: null before is an insert, null after a delete. Another key makes two records of it. */
    private record Event(Object[] before, Object[] after) {}

    private final RandomTable kind;
    private final TestTable source;
    private final List<Event> events = new ArrayList<>();
    private final List<List<Object[]>> states = new ArrayList<>();

    private RandomHistory(RandomTable kind) {
        this.kind = kind;
        this.source = kind.source();
        states.add(List.of());
    }

    static RandomHistory of(RandomTable kind, Random random, int size) {
        var history = new RandomHistory(kind);
        var rows = new ArrayList<Object[]>();
        while (history.events.size() < size) {
            if (kind.hasSecondaryUnique() && rows.size() > 1 && random.nextInt(6) == 0) {
                history.swap(rows, random);
            } else {
                history.append(history.propose(rows, random), rows);
            }
        }
        return history;
    }

    /** Two rows exchange the values of a unique column, by way of null as an application would do it. */
    private void swap(List<Object[]> rows, Random random) {
        int column = RandomTable.UNIQUE_COLUMN;
        Object[] one = rows.get(random.nextInt(rows.size()));
        Object[] other = rows.get(random.nextInt(rows.size()));
        Object[] empty = with(one, column, null);
        boolean possible = one != other
                && append(new Event(one, empty), rows)
                && append(new Event(other, with(other, column, one[column])), rows);
        if (possible) {
            append(new Event(empty, with(empty, column, other[column])), rows);
        }
    }

    private static Object[] with(Object[] row, int column, Object value) {
        Object[] changed = row.clone();
        changed[column] = value;
        return changed;
    }

    private boolean append(Event event, List<Object[]> rows) {
        if (!apply(event, rows)) {
            return false;
        }
        events.add(event);
        states.add(List.copyOf(rows));
        return true;
    }

    private Event propose(List<Object[]> rows, Random random) {
        int dice = random.nextInt(10);
        if (rows.isEmpty() || dice < 4) {
            return new Event(null, kind.randomRow(random));
        }
        Object[] before = rows.get(random.nextInt(rows.size()));
        if (dice < 6) {
            return new Event(before, null);
        }
        Object[] after = before.clone();
        Object[] other = kind.randomRow(random);
        for (int i = 0; i < after.length; i++) {
            boolean change = kind.isKey(i) ? random.nextInt(8) == 0 : random.nextInt(2) == 0;
            after[i] = change ? other[i] : after[i];
        }
        return new Event(before, after);
    }

    /** @return false when the source would have refused the event */
    private boolean apply(Event event, List<Object[]> rows) {
        var others = new ArrayList<>(rows);
        others.removeIf(r -> r == event.before);
        if (event.after != null) {
            for (Object[] row : others) {
                boolean sameKey = kind.hasIdentity() && kind.keyOf(row).equals(kind.keyOf(event.after));
                if (sameKey || kind.collide(row, event.after)) {
                    return false;
                }
            }
            others.add(event.after);
        }
        rows.clear();
        rows.addAll(others);
        return true;
    }

    /** Rows after that many events. */
    List<Object[]> stateAfter(int count) {
        return states.get(count);
    }

    /** For each key the state of a moment of its own, up to {@code count} events: a copy that took its time. */
    List<Object[]> mixedState(Random random, int count) {
        var mixed = new ArrayList<Object[]>();
        var keys = events.stream()
                .flatMap(e -> java.util.stream.Stream.of(e.before, e.after))
                .filter(r -> r != null)
                .map(kind::keyOf)
                .distinct()
                .toList();
        for (String key : keys) {
            stateAfter(random.nextInt(count + 1)).stream()
                    .filter(r -> kind.keyOf(r).equals(key))
                    .forEach(mixed::add);
        }
        return mixed;
    }

    /** Records that events [from, to) make. */
    long records(int from, int to) {
        return events.subList(from, to).stream()
                .mapToLong(e -> changesKey(e) ? 2 : 1)
                .sum();
    }

    void send(int index, BatchWriter writer, TableTarget target, Care care) {
        Event event = events.get(index);
        if (event.before == null) {
            writer.row(target, source.key(event.after), source.create(event.after), care);
        } else if (event.after == null) {
            writer.row(target, source.key(event.before), source.delete(event.before), care);
        } else if (changesKey(event)) {
            writer.row(target, source.key(event.before), source.delete(event.before), care);
            writer.row(target, source.key(event.after), source.create(event.after), care);
        } else {
            writer.row(target, source.key(event.after), source.update(event.before, event.after), care);
        }
    }

    private boolean changesKey(Event event) {
        return event.before != null
                && event.after != null
                && !kind.keyOf(event.before).equals(kind.keyOf(event.after));
    }
}
