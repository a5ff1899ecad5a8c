package io.kameleon.replay.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of the source, written column by column. */
public final class SampleTable {
    private final TableId id;
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private final List<IndexDefinition> indexes = new ArrayList<>();
    private List<String> primaryKey = List.of();
    private String comment = "";

    private SampleTable(TableId id) {
        this.id = id;
    }

    public static SampleTable named(String name) {
        return new SampleTable(new TableId("shop", name));
    }

    public static SampleTable in(String schema, String name) {
        return new SampleTable(new TableId(schema, name));
    }

    public SampleTable column(ColumnDefinition column) {
        columns.add(column);
        return this;
    }

    public SampleTable nullable(String name, ColumnType type) {
        return column(ColumnDefinition.of(name, type, true));
    }

    public SampleTable notNull(String name, ColumnType type) {
        return column(ColumnDefinition.of(name, type, false));
    }

    public SampleTable key(String... names) {
        primaryKey = List.of(names);
        return this;
    }

    public SampleTable index(String name, IndexDefinition.Kind kind, IndexDefinition.Part... parts) {
        indexes.add(new IndexDefinition(name, kind, List.of(parts)));
        return this;
    }

    public SampleTable index(String name, String... names) {
        indexes.add(new IndexDefinition(name, IndexDefinition.Kind.PLAIN, parts(names)));
        return this;
    }

    public SampleTable unique(String name, String... names) {
        indexes.add(new IndexDefinition(name, IndexDefinition.Kind.UNIQUE, parts(names)));
        return this;
    }

    public SampleTable comment(String text) {
        comment = text;
        return this;
    }

    public TableDefinition build() {
        return new TableDefinition(
                id, columns, primaryKey, indexes, List.of(), "utf8mb4", "utf8mb4_0900_ai_ci", comment);
    }

    public static ColumnDefinition with(ColumnDefinition column, ColumnDefault value) {
        return new ColumnDefinition(
                column.name(),
                column.type(),
                column.nullable(),
                value,
                column.autoIncrement(),
                column.onUpdateNow(),
                column.generated(),
                column.virtual(),
                column.invisible(),
                column.comment());
    }

    public static ColumnDefinition column(String name, ColumnType type, boolean nullable, String literal) {
        return with(
                ColumnDefinition.of(name, type, nullable),
                literal == null ? null : new ColumnDefault(ColumnDefault.Kind.LITERAL, literal));
    }

    public static ColumnDefinition now(String name, ColumnType type, boolean nullable) {
        return with(
                ColumnDefinition.of(name, type, nullable), new ColumnDefault(ColumnDefault.Kind.CURRENT_TIMESTAMP, ""));
    }

    public static ColumnDefinition commented(String name, ColumnType type, String comment) {
        return new ColumnDefinition(name, type, true, null, false, false, false, false, false, comment);
    }

    public static ColumnDefinition autoIncrement(String name, ColumnType type) {
        return new ColumnDefinition(name, type, false, null, true, false, false, false, false, "");
    }

    private static List<IndexDefinition.Part> parts(String... names) {
        return List.of(names).stream().map(IndexDefinition.Part::of).toList();
    }

    public static ColumnType type(TypeKind kind) {
        return ColumnType.of(kind, ColumnType.NONE, ColumnType.NONE, false, lower(kind));
    }

    public static ColumnType unsigned(TypeKind kind) {
        return ColumnType.of(kind, ColumnType.NONE, ColumnType.NONE, true, lower(kind) + " unsigned");
    }

    public static ColumnType sized(TypeKind kind, int length) {
        return ColumnType.of(kind, length, ColumnType.NONE, false, lower(kind) + "(" + length + ")");
    }

    public static ColumnType text(TypeKind kind, int length) {
        String declared = length == ColumnType.NONE ? lower(kind) : lower(kind) + "(" + length + ")";
        return new ColumnType(
                kind, length, ColumnType.NONE, false, "utf8mb4", "utf8mb4_0900_ai_ci", List.of(), declared);
    }

    public static ColumnType varchar(int length) {
        return text(TypeKind.VARCHAR, length);
    }

    public static ColumnType decimal(int precision, int scale) {
        return ColumnType.of(TypeKind.DECIMAL, precision, scale, false, "decimal(" + precision + "," + scale + ")");
    }

    public static ColumnType labels(TypeKind kind, String... labels) {
        String quoted = List.of(labels).stream()
                .map(l -> "'" + l.replace("'", "''") + "'")
                .collect(Collectors.joining(","));
        return new ColumnType(
                kind,
                ColumnType.NONE,
                ColumnType.NONE,
                false,
                "utf8mb4",
                "utf8mb4_0900_ai_ci",
                List.of(labels),
                lower(kind) + "(" + quoted + ")");
    }

    private static String lower(TypeKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
