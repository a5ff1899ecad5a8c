package io.kameleon.replay.ddl;

import io.kameleon.schemas.table.IndexDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which indexes of an altered table stay, maybe under another name, and which are dropped or made. An index on a column whose
 * type changes is made again.
 */
final class AlteredIndexes {
    private final TableModel before;
    private final TableModel after;
    private final AlteredColumns columns;
    private final List<IndexDefinition> dropped = new ArrayList<>();
    private final List<IndexDefinition> made = new ArrayList<>();
    private final Map<IndexDefinition, IndexDefinition> kept = new HashMap<>();

    AlteredIndexes(TableModel before, TableModel after, AlteredColumns columns) {
        this.before = before;
        this.after = after;
        this.columns = columns;
        var open = new ArrayList<>(after.indexes());
        for (IndexDefinition index : before.indexes()) {
            Optional<IndexDefinition> same = match(index, open);
            same.ifPresentOrElse(s -> kept.put(index, s), () -> dropped.add(index));
            same.ifPresent(open::remove);
        }
        made.addAll(open);
    }

    List<IndexDefinition> dropped() {
        return dropped;
    }

    List<IndexDefinition> made() {
        return made;
    }

    /** Old to new; both may have the same name. */
    Map<IndexDefinition, IndexDefinition> kept() {
        return kept;
    }

    /** The same columns in the same order stay the primary key. */
    boolean keepsPrimaryKey() {
        List<String> old = before.definition().primaryKey();
        List<String> now = after.definition().primaryKey();
        if (old.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            Optional<AlteredColumns.Kept> column = columns.after(old.get(i));
            if (column.isEmpty()
                    || column.get().isConverted()
                    || !column.get().after().name().equalsIgnoreCase(now.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** By name first, so that of two equal indexes each stays itself. */
    private Optional<IndexDefinition> match(IndexDefinition index, List<IndexDefinition> open) {
        Optional<List<String>> shape = shapeAfter(index);
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        List<IndexDefinition> equal =
                open.stream().filter(i -> shape(after, i).equals(shape.get())).toList();
        return equal.stream()
                .filter(i -> i.name().equalsIgnoreCase(index.name()))
                .findFirst()
                .or(() -> equal.stream().filter(this::isNewName).findFirst());
    }

    private boolean isNewName(IndexDefinition index) {
        return before.indexes().stream().noneMatch(i -> i.name().equalsIgnoreCase(index.name()));
    }

    /** Parts under the names that the columns have afterwards; empty when a column went or changed its type. */
    private Optional<List<String>> shapeAfter(IndexDefinition index) {
        var shape = new ArrayList<String>();
        shape.add(index.kind().name());
        for (IndexDefinition.Part part : index.parts()) {
            Optional<AlteredColumns.Kept> column = columns.after(part.column());
            if (column.isEmpty() || column.get().isConverted()) {
                return Optional.empty();
            }
            shape.add(partShape(before, part, column.get().after().name()));
        }
        return Optional.of(shape);
    }

    private static List<String> shape(TableModel table, IndexDefinition index) {
        var shape = new ArrayList<String>();
        shape.add(index.kind().name());
        index.parts().forEach(p -> shape.add(partShape(table, p, p.column())));
        return shape;
    }

    private static String partShape(TableModel table, IndexDefinition.Part part, String column) {
        String prefix = IndexWriter.isPrefix(table, part) ? "(" + part.prefixLength() + ")" : "";
        return column.toLowerCase(Locale.ROOT) + prefix + (part.descending() ? " DESC" : "");
    }
}
