package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.IndexSpec.Existing;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.IndexDefinition.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Changes the keys of a draft as the server does, names for unnamed ones included. One thread only. */
final class KeyChanges {
    private static final int NAME_NUMBER_FIRST = 2;

    private final TableDraft draft;
    private final ServerDialect dialect;
    private final List<Candidate> candidates = new ArrayList<>();

    /** A new index that is not named yet: whether it is needed shows when all of them are known. */
    private record Candidate(IndexSpec spec, Existing existing, Origin origin) {}

    private enum Origin {
        DECLARED,
        FOREIGN_KEY
    }

    KeyChanges(TableDraft draft, ServerDialect dialect) {
        this.draft = draft;
        this.dialect = dialect;
    }

    // ---- what columns do to keys ----

    /**
     * Follows renamed and dropped columns: a key loses its part with the column, and goes with its last part.
     *
     * @param names old name in lower case to the new one; a dropped column is missing
     */
    void followColumns(Map<String, String> names) {
        List<String> kept = draft.primaryKey.stream()
                .map(c -> names.get(lower(c)))
                .filter(Objects::nonNull)
                .toList();
        draft.primaryKey.clear();
        draft.primaryKey.addAll(kept);
        draft.indexes.replaceAll(index -> follow(index, names));
        draft.indexes.removeIf(index -> index.parts().isEmpty());
        draft.foreignKeys.removeIf(key -> key.columns().stream().anyMatch(c -> !names.containsKey(lower(c))));
        draft.foreignKeys.replaceAll(key -> follow(key, names));
    }

    private static IndexDefinition follow(IndexDefinition index, Map<String, String> names) {
        List<Part> parts = index.parts().stream()
                .filter(p -> p.column().isEmpty() || names.containsKey(lower(p.column())))
                .map(p -> p.column().isEmpty()
                        ? p
                        : new Part(names.get(lower(p.column())), p.prefixLength(), p.descending(), ""))
                .toList();
        return new IndexDefinition(index.name(), index.kind(), parts);
    }

    private static ForeignKeyDefinition follow(ForeignKeyDefinition key, Map<String, String> names) {
        List<String> columns =
                key.columns().stream().map(c -> names.get(lower(c))).toList();
        return new ForeignKeyDefinition(
                key.name(), columns, key.referenced(), key.referencedColumns(), key.onDelete(), key.onUpdate());
    }

    // ---- dropping ----

    void dropPrimaryKey() {
        draft.primaryKey.clear();
    }

    /** One that is not known is of no effect: no row was ever identified by it. */
    void dropIndex(String name) {
        draft.indexes.removeIf(index -> index.name().equalsIgnoreCase(name));
    }

    void dropForeignKey(String name) {
        draft.foreignKeys.removeIf(key -> key.name().equalsIgnoreCase(name));
    }

    /** What is neither a foreign key nor a key is a check. */
    void dropConstraint(String name) {
        if (draft.foreignKeys.removeIf(key -> key.name().equalsIgnoreCase(name))) {
            return;
        }
        if (name.equalsIgnoreCase("PRIMARY")) {
            dropPrimaryKey();
        } else {
            draft.indexes.removeIf(index -> index.isUnique() && index.name().equalsIgnoreCase(name));
        }
    }

    void renameIndex(String from, String to) {
        draft.indexes.replaceAll(index ->
                index.name().equalsIgnoreCase(from) ? new IndexDefinition(to, index.kind(), index.parts()) : index);
    }

    // ---- adding ----

    void add(TableElement element, Existing existing) {
        if (element instanceof TableElement.PrimaryKey key) {
            addPrimaryKey(key.columns());
        } else if (element instanceof TableElement.Index index) {
            candidates.add(new Candidate(index.spec(), existing, Origin.DECLARED));
        } else if (element instanceof TableElement.ForeignKey key) {
            addForeignKey(key.spec());
        } else if (element instanceof TableElement.Period period) {
            draft.setNotNull(period.from());
            draft.setNotNull(period.to());
        }
    }

    /** The keys that a column's own declaration makes. */
    void addInline(ColumnSpec column) {
        switch (column.key()) {
            case PRIMARY -> addPrimaryKey(List.of(column.name()));
            case UNIQUE -> {
                List<Part> parts = List.of(Part.of(column.name()));
                var spec = new IndexSpec("", IndexDefinition.Kind.UNIQUE, parts, Existing.FAIL);
                candidates.add(new Candidate(spec, Existing.FAIL, Origin.DECLARED));
            }
            case NONE -> {}
        }
        if (column.references() != null && dialect.honoursInlineReferences()) {
            addForeignKey(column.references());
        }
    }

    private void addPrimaryKey(List<String> columns) {
        if (!draft.primaryKey.isEmpty()) {
            return; // IF NOT EXISTS: the server would have refused a second one
        }
        draft.primaryKey.addAll(columns);
        columns.forEach(draft::setNotNull);
    }

    private void addIndex(IndexSpec spec, Existing existing) {
        String name = spec.name().isEmpty() ? unnamed(spec.parts().get(0)) : spec.name();
        if (find(name).isPresent()) {
            if (existing == Existing.KEEP) {
                return;
            }
            dropIndex(name);
        }
        draft.indexes.add(new IndexDefinition(name, spec.kind(), spec.parts()));
    }

    private Optional<IndexDefinition> find(String name) {
        return draft.indexes.stream()
                .filter(index -> index.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The first column's name, with a number behind it when that is taken. */
    private String unnamed(Part first) {
        String base = first.column().isEmpty()
                ? "functional_index"
                : draft.require(first.column()).name();
        String name = base;
        for (int n = NAME_NUMBER_FIRST; find(name).isPresent() || name.equalsIgnoreCase("PRIMARY"); n++) {
            name = base + "_" + n;
        }
        return name;
    }

    private void addForeignKey(ForeignKeySpec spec) {
        boolean namedByIndex = dialect.isMariaDb() && spec.name().isEmpty();
        String given = namedByIndex ? spec.indexName() : spec.name();
        String name = given.isEmpty() ? generatedForeignKeyName() : given;
        List<String> columns =
                spec.columns().stream().map(c -> draft.require(c).name()).toList();
        List<String> referenced = spec.referencedColumns();
        draft.foreignKeys.add(new ForeignKeyDefinition(
                name, columns, spec.referenced(), referenced, spec.onDelete(), spec.onUpdate()));
        String indexName = spec.name().isEmpty() ? spec.indexName() : spec.name();
        List<Part> parts = columns.stream().map(Part::of).toList();
        var index = new IndexSpec(indexName, IndexDefinition.Kind.PLAIN, parts, Existing.KEEP);
        candidates.add(new Candidate(index, Existing.KEEP, Origin.FOREIGN_KEY));
    }

    /**
     * Names the new indexes and adds them. Each foreign key needs an index that begins with its columns: the server adds the
     * missing ones, at the key's place in the statement. Call it last.
     */
    void addIndexes() {
        for (Candidate candidate : candidates) {
            if (candidate.origin() == Origin.DECLARED || !isCovered(candidate)) {
                addIndex(candidate.spec(), candidate.existing());
            }
        }
        candidates.clear();
    }

    private boolean isCovered(Candidate generated) {
        List<String> columns =
                generated.spec().parts().stream().map(Part::column).toList();
        return startsWith(draft.primaryKey, columns)
                || draft.indexes.stream().anyMatch(index -> covers(index.kind(), index.parts(), columns))
                || candidates.stream()
                        .filter(c -> c.origin() == Origin.DECLARED)
                        .anyMatch(c -> covers(c.spec().kind(), c.spec().parts(), columns));
    }

    private static boolean covers(IndexDefinition.Kind kind, List<Part> parts, List<String> columns) {
        boolean ordered = kind == IndexDefinition.Kind.PLAIN || kind == IndexDefinition.Kind.UNIQUE;
        boolean whole = parts.stream().limit(columns.size()).allMatch(p -> p.prefixLength() == ColumnType.NONE);
        return ordered && whole && startsWith(parts.stream().map(Part::column).toList(), columns);
    }

    private static boolean startsWith(List<String> key, List<String> columns) {
        if (key.size() < columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!key.get(i).equalsIgnoreCase(columns.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code t_ibfk_1}, {@code t_ibfk_2}: one above the highest. */
    private String generatedForeignKeyName() {
        String prefix = draft.id.name() + "_ibfk_";
        int highest = 0;
        for (ForeignKeyDefinition key : draft.foreignKeys) {
            String number = key.name().startsWith(prefix) ? key.name().substring(prefix.length()) : "";
            if (number.matches("[0-9]{1,9}")) {
                highest = Math.max(highest, Integer.parseInt(number));
            }
        }
        return prefix + (highest + 1);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
