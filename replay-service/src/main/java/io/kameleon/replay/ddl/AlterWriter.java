package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the statements that turn one version of a table into the next, its rows included.
 *
 * <p>Order: keys and indexes that go; columns that go; names; types; values; columns that come; NOT NULL, defaults and
 * comments; keys and indexes that come. So no step meets a name, a constraint or a value that a later step removes. One
 * instance per change.
 */
final class AlterWriter {
    private final TableModel before;
    private final TableModel after;
    private final AlteredColumns columns;
    private final AlteredIndexes indexes;
    private final StatementTime time;
    private final List<String> statements = new ArrayList<>();
    private final Set<String> resyncReasons = new LinkedHashSet<>();

    AlterWriter(Altered change, TableModel before, TableModel after, StatementTime time) {
        this.before = before;
        this.after = after;
        this.time = time;
        this.columns = new AlteredColumns(change, before, after);
        this.indexes = new AlteredIndexes(before, after, columns);
        if (!change.resyncReason().isEmpty()) {
            resyncReasons.add(change.resyncReason());
        }
    }

    ChangeStatements write() {
        collectResyncReasons();
        emptyWhenKeysWouldFail();
        dropKeys();
        dropColumns();
        statements.addAll(new MoveWriter(before, after, columns, indexes).statements());
        convertColumns();
        updateValues();
        addColumns();
        setAttributes();
        makeKeys();
        return new ChangeStatements(statements, DdlWriter.notes(after), String.join("; ", resyncReasons));
    }

    private void collectResyncReasons() {
        for (AlteredColumns.Kept column : columns.kept()) {
            addReason(column.conversion().resyncReason());
            if (becomesNumbered(column) || becomesComputed(column)) {
                addReason("the values of column '" + column.after().name() + "' are made by the source");
            }
            if (becomesNow(column)) {
                addReason(now(column.after()).resyncReason());
            }
        }
        columns.added().forEach(c -> addReason(addedValue(c).resyncReason()));
    }

    private void addReason(String reason) {
        if (!reason.isEmpty()) {
            resyncReasons.add(reason);
        }
    }

    private static boolean becomesNumbered(AlteredColumns.Kept column) {
        return column.after().autoIncrement()
                && !column.before().autoIncrement()
                && column.before().nullable();
    }

    private static boolean becomesComputed(AlteredColumns.Kept column) {
        return column.after().generated() && !column.before().generated();
    }

    /** A NULL in a TIMESTAMP column that becomes NOT NULL is no zero date: the source puts NOW() there. */
    private boolean becomesNow(AlteredColumns.Kept column) {
        return column.after().type().kind() == TypeKind.TIMESTAMP
                && after.type(column.after()).family().isCalendar()
                && !before.notNull(column.before())
                && after.notNull(column.after());
    }

    private AddedColumnValue now(ColumnDefinition column) {
        return AddedColumnValue.now(column, after.type(column), time);
    }

    private AddedColumnValue addedValue(ColumnDefinition column) {
        return AddedColumnValue.of(column, after.type(column), time);
    }

    /**
     * A table that is to be copied again may hold, until then, values that a unique key refuses. It is emptied rather than
     * left in its old shape.
     */
    private void emptyWhenKeysWouldFail() {
        if (!resyncReasons.isEmpty() && hasDubiousKey()) {
            statements.add("TRUNCATE TABLE " + before.qualifiedName());
        }
    }

    private boolean hasDubiousKey() {
        var names = new ArrayList<>(after.definition().primaryKey());
        after.indexes().stream().filter(IndexDefinition::isUnique).forEach(i -> i.parts()
                .forEach(p -> names.add(p.column())));
        return names.stream().anyMatch(this::isDubious);
    }

    private boolean isDubious(String name) {
        boolean added = columns.added().stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
        return added
                || columns.kept().stream()
                        .filter(k -> k.after().name().equalsIgnoreCase(name))
                        .anyMatch(k -> k.isConverted() || becomesNumbered(k) || becomesNow(k));
    }

    private void dropKeys() {
        if (!before.definition().primaryKey().isEmpty() && !indexes.keepsPrimaryKey()) {
            statements.add("ALTER TABLE " + before.qualifiedName() + " DROP CONSTRAINT "
                    + SqlText.identifier(before.primaryKeyName()));
        }
        for (IndexDefinition index : indexes.dropped()) {
            statements.add(
                    "DROP INDEX IF EXISTS " + SqlText.qualified(before.schema(), IndexWriter.name(before, index)));
        }
        for (ColumnDefinition column : before.definition().columns()) {
            if (before.type(column).family() == Family.CHECKED_TEXT && !keepsCheck(column)) {
                String name = DestinationNames.check(DestinationNames.column(column.name()));
                statements.add("ALTER TABLE " + before.qualifiedName() + " DROP CONSTRAINT IF EXISTS "
                        + SqlText.identifier(name));
            }
        }
    }

    private boolean keepsCheck(ColumnDefinition old) {
        return columns.after(old.name())
                .filter(k -> !k.isConverted() && k.after().name().equals(old.name()))
                .isPresent();
    }

    private void dropColumns() {
        alter(
                before,
                columns.dropped().stream().map(c -> "DROP COLUMN " + name(c)).toList());
        for (ColumnDefinition column : columns.dropped()) {
            if (before.type(column).family() == Family.ENUM) {
                statements.add("DROP TYPE " + before.typeText(column));
            }
        }
    }

    private void convertColumns() {
        var actions = new ArrayList<String>();
        for (AlteredColumns.Kept column : columns.converted()) {
            ColumnDefinition target = column.after();
            if (after.type(target).family() == Family.ENUM) {
                statements.add(DdlWriter.createEnum(after, target));
            }
            if (before.defaultExpression(column.before()).isPresent()) {
                actions.add("ALTER COLUMN " + name(target) + " DROP DEFAULT");
            }
            actions.add("ALTER COLUMN " + name(target) + " TYPE " + after.typeText(target) + " USING "
                    + column.conversion().using().orElseThrow());
        }
        alter(after, dropNotNullActions());
        alter(after, actions);
        statements.addAll(MoveWriter.dropReplacedTypes(before, after, columns));
    }

    private List<String> dropNotNullActions() {
        return columns.kept().stream()
                .filter(k -> before.notNull(k.before()) && !after.notNull(k.after()))
                .map(k -> "ALTER COLUMN " + name(k.after()) + " DROP NOT NULL")
                .toList();
    }

    private void updateValues() {
        for (AlteredColumns.Kept column : columns.kept()) {
            column.conversion().update().ifPresent(u -> update(column.after(), u, " IS NOT NULL"));
            boolean wasNullable = !before.notNull(column.before());
            boolean nullable = !after.notNull(column.after());
            if (wasNullable && !nullable) {
                nullValue(column).ifPresent(v -> update(column.after(), v, " IS NULL"));
            } else if (!wasNullable && nullable && isCalendar(column)) {
                // A zero date is null wherever it can be: the same in old rows and in those that will come.
                update(column.after(), "NULL", " = '-infinity'");
            }
        }
    }

    private boolean isCalendar(AlteredColumns.Kept column) {
        return after.type(column.after()).family().isCalendar();
    }

    private Optional<String> nullValue(AlteredColumns.Kept column) {
        PostgresType type = after.type(column.after());
        return becomesNow(column) ? now(column.after()).constant() : ImplicitValue.ofNull(column.after(), type);
    }

    private void update(ColumnDefinition column, String value, String condition) {
        statements.add("UPDATE " + after.qualifiedName() + " SET " + name(column) + " = " + value + " WHERE "
                + name(column) + condition);
    }

    private void addColumns() {
        var additions = new ArrayList<String>();
        var defaults = new ArrayList<String>();
        for (ColumnDefinition column : columns.added()) {
            if (after.type(column).family() == Family.ENUM) {
                statements.add(DdlWriter.createEnum(after, column));
            }
            Optional<String> value = addedValue(column).constant();
            additions.add("ADD COLUMN " + name(column) + " " + after.typeText(column)
                    + (after.notNull(column) ? " NOT NULL" : "")
                    + value.map(v -> " DEFAULT " + v).orElse(""));
            Optional<String> kept = after.defaultExpression(column);
            if (!kept.equals(value)) {
                defaults.add("ALTER COLUMN " + name(column)
                        + kept.map(d -> " SET DEFAULT " + d).orElse(" DROP DEFAULT"));
            }
        }
        alter(after, additions);
        alter(after, defaults);
        columns.added().stream()
                .filter(c -> !c.comment().isEmpty())
                .forEach(c -> statements.add(DdlWriter.commentOnColumn(after, c)));
    }

    private void setAttributes() {
        var actions = new ArrayList<String>();
        for (AlteredColumns.Kept column : columns.kept()) {
            if (!before.notNull(column.before()) && after.notNull(column.after())) {
                actions.add("ALTER COLUMN " + name(column.after()) + " SET NOT NULL");
            }
            defaultAction(column).ifPresent(actions::add);
        }
        alter(after, actions);
        if (!before.definition().comment().equals(after.definition().comment())) {
            statements.add(DdlWriter.commentOnTable(after));
        }
        columns.kept().stream()
                .filter(k -> !k.before().comment().equals(k.after().comment()))
                .forEach(k -> statements.add(DdlWriter.commentOnColumn(after, k.after())));
    }

    private Optional<String> defaultAction(AlteredColumns.Kept column) {
        Optional<String> old = column.isConverted() ? Optional.empty() : before.defaultExpression(column.before());
        Optional<String> now = after.defaultExpression(column.after());
        if (old.equals(now)) {
            return Optional.empty();
        }
        return Optional.of("ALTER COLUMN " + name(column.after())
                + now.map(d -> " SET DEFAULT " + d).orElse(" DROP DEFAULT"));
    }

    private void makeKeys() {
        for (ColumnDefinition column : after.definition().columns()) {
            if (after.type(column).family() == Family.CHECKED_TEXT && !hasCheck(column)) {
                alter(after, List.of("ADD " + DdlWriter.checkClause(after, column)));
            }
        }
        TableDefinition definition = after.definition();
        if (!definition.primaryKey().isEmpty() && !indexes.keepsPrimaryKey()) {
            alter(
                    after,
                    List.of("ADD CONSTRAINT " + SqlText.identifier(after.primaryKeyName()) + " PRIMARY KEY ("
                            + SqlText.identifiers(after.primaryKeyColumns()) + ")"));
        }
        indexes.made().forEach(i -> statements.add(IndexWriter.create(after, i)));
    }

    private boolean hasCheck(ColumnDefinition column) {
        return columns.kept().stream()
                .filter(k -> k.after().equals(column))
                .anyMatch(k -> before.type(k.before()).family() == Family.CHECKED_TEXT && keepsCheck(k.before()));
    }

    private void alter(TableModel table, List<String> actions) {
        if (!actions.isEmpty()) {
            statements.add("ALTER TABLE " + table.qualifiedName() + " " + String.join(", ", actions));
        }
    }

    private static String name(ColumnDefinition column) {
        return SqlText.identifier(DestinationNames.column(column.name()));
    }
}
