package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A table definition while a statement changes it. One thread only. */
final class TableDraft {
    TableId id;
    TextDefaults text;
    String comment = "";
    Partitioning partitioning = Partitioning.NONE;
    final List<DraftColumn> columns = new ArrayList<>();
    final List<String> primaryKey = new ArrayList<>();
    final List<IndexDefinition> indexes = new ArrayList<>();
    final List<ForeignKeyDefinition> foreignKeys = new ArrayList<>();
    private final Set<String> resyncReasons = new LinkedHashSet<>();

    /** @param previousName in the table before the statement; empty for a new column */
    record DraftColumn(ColumnDefinition definition, String previousName) {
        DraftColumn with(ColumnDefinition changed) {
            return new DraftColumn(changed, previousName);
        }
    }

    TableDraft(TableId id, TextDefaults text) {
        this.id = id;
        this.text = text;
    }

    /** Everything of {@code before} but its columns. */
    static TableDraft of(TableDefinition before) {
        var draft = new TableDraft(before.id(), new TextDefaults(before.charset(), before.collation()));
        draft.comment = before.comment();
        draft.partitioning = before.partitioning();
        draft.primaryKey.addAll(before.primaryKey());
        draft.indexes.addAll(before.indexes());
        draft.foreignKeys.addAll(before.foreignKeys());
        return draft;
    }

    /** @param reason empty for none */
    void resync(String reason) {
        if (!reason.isEmpty()) {
            resyncReasons.add(reason);
        }
    }

    String resyncReason() {
        return String.join("; ", resyncReasons);
    }

    List<ColumnDefinition> definitions() {
        return columns.stream().map(DraftColumn::definition).toList();
    }

    int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).definition().name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    ColumnDefinition require(String column) {
        int index = indexOf(column);
        if (index < 0) {
            throw new StatementNotUnderstood("column '" + column + "' is not in the known definition of " + id);
        }
        return columns.get(index).definition();
    }

    void setNotNull(String column) {
        ColumnDefinition old = require(column);
        int index = indexOf(column);
        columns.set(index, columns.get(index).with(ColumnChange.notNull(old)));
    }

    TableChange.Altered altered(TableDefinition before) {
        TableDefinition after = finish();
        List<String> previous = columns.stream().map(DraftColumn::previousName).toList();
        return new TableChange.Altered(before, after, previous, resyncReason());
    }

    /** Checks the draft and puts it in the server's order. */
    TableDefinition finish() {
        requireDistinctColumns();
        primaryKey.forEach(this::setNotNull);
        primaryKey.replaceAll(name -> require(name).name());
        indexes.replaceAll(this::normalised);
        indexes.sort(Comparator.comparingInt(this::rank)); // stable: equal ranks stay in the order of their making
        foreignKeys.sort(Comparator.comparing(ForeignKeyDefinition::name));
        return new TableDefinition(
                id,
                definitions(),
                primaryKey,
                indexes,
                foreignKeys,
                text.charset(),
                text.collation(),
                comment,
                partitioning);
    }

    private void requireDistinctColumns() {
        var names = new HashSet<String>();
        for (DraftColumn column : columns) {
            if (!names.add(column.definition().name().toLowerCase(Locale.ROOT))) {
                throw new StatementNotUnderstood(
                        "column '" + column.definition().name() + "' is already in the known definition of " + id);
            }
        }
        if (columns.isEmpty()) {
            throw new StatementNotUnderstood("the statement leaves " + id + " without columns");
        }
    }

    /** A prefix as long as its column is no prefix; names as the columns spell them. */
    private IndexDefinition normalised(IndexDefinition index) {
        var parts = new ArrayList<IndexDefinition.Part>(index.parts().size());
        for (IndexDefinition.Part part : index.parts()) {
            if (part.column().isEmpty()) {
                parts.add(part);
                continue;
            }
            ColumnDefinition column = require(part.column());
            int prefix =
                    isWhole(column.type(), part.prefixLength(), index.kind()) ? ColumnType.NONE : part.prefixLength();
            parts.add(new IndexDefinition.Part(column.name(), prefix, part.descending(), ""));
        }
        return new IndexDefinition(index.name(), index.kind(), parts);
    }

    private static boolean isWhole(ColumnType type, int prefix, IndexDefinition.Kind kind) {
        boolean sized = type.kind() == TypeKind.CHAR
                || type.kind() == TypeKind.VARCHAR
                || type.kind() == TypeKind.BINARY
                || type.kind() == TypeKind.VARBINARY;
        return kind == IndexDefinition.Kind.FULLTEXT
                || kind == IndexDefinition.Kind.SPATIAL
                || sized && prefix >= type.length();
    }

    /** The server keeps unique keys in front, those without NULLs first, then those without prefixes; FULLTEXT last. */
    private int rank(IndexDefinition index) {
        return switch (index.kind()) {
            case UNIQUE -> (hasNulls(index) ? 2 : 0) + (hasPrefix(index) ? 1 : 0);
            case PLAIN, SPATIAL -> 4;
            case FULLTEXT -> 5;
        };
    }

    private boolean hasNulls(IndexDefinition index) {
        return index.parts().stream()
                .anyMatch(p -> p.column().isEmpty() || require(p.column()).nullable());
    }

    private static boolean hasPrefix(IndexDefinition index) {
        return index.parts().stream().anyMatch(p -> p.prefixLength() != ColumnType.NONE);
    }
}
