package io.kameleon.replay.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the renames of an altered table: its schema and name, and with them its columns, indexes, primary key and enum types,
 * whose names carry the table's. Runs when what goes away is gone, and before anything new is made.
 */
final class MoveWriter {
    private final TableModel before;
    private final TableModel after;
    private final AlteredColumns columns;
    private final AlteredIndexes indexes;
    private final List<String> statements = new ArrayList<>();

    MoveWriter(TableModel before, TableModel after, AlteredColumns columns, AlteredIndexes indexes) {
        this.before = before;
        this.after = after;
        this.columns = columns;
        this.indexes = indexes;
    }

    List<String> statements() {
        boolean moves = !before.schema().equals(after.schema());
        if (moves) {
            leaveSchema();
        } else {
            renameTable();
            rename(enumRenaming(after.schema()), enumNames());
            rename(indexRenaming(after.schema()), indexNames());
        }
        renameColumns();
        return statements;
    }

    /** What is renamed and from which name to which. */
    private record Name(String from, String to) {}

    private void renameTable() {
        if (!before.name().equals(after.name())) {
            statements.add("ALTER TABLE " + before.qualifiedName() + " RENAME TO " + SqlText.identifier(after.name()));
        }
    }

    /** Old and new names may be taken in either schema, so everything travels under temporary names. */
    private void leaveSchema() {
        List<Name> enums = enumNames();
        List<Name> relations = indexNames();
        String table = "_kameleon_move";
        statements.add("ALTER TABLE " + before.qualifiedName() + " RENAME TO " + table);
        for (int i = 0; i < relations.size(); i++) {
            statements.add(
                    indexRenaming(before.schema()).rename(relations.get(i).from(), "_kameleon_index_" + i));
        }
        for (int i = 0; i < enums.size(); i++) {
            String temporary = "_kameleon_type_" + i;
            statements.add(enumRenaming(before.schema()).rename(enums.get(i).from(), temporary));
            statements.add("ALTER TYPE " + SqlText.qualified(before.schema(), temporary) + " SET SCHEMA "
                    + SqlText.identifier(after.schema()));
        }
        statements.add("ALTER TABLE " + SqlText.qualified(before.schema(), table) + " SET SCHEMA "
                + SqlText.identifier(after.schema()));
        statements.add("ALTER TABLE " + SqlText.qualified(after.schema(), table) + " RENAME TO "
                + SqlText.identifier(after.name()));
        for (int i = 0; i < relations.size(); i++) {
            statements.add(indexRenaming(after.schema())
                    .rename("_kameleon_index_" + i, relations.get(i).to()));
        }
        for (int i = 0; i < enums.size(); i++) {
            statements.add(enumRenaming(after.schema())
                    .rename("_kameleon_type_" + i, enums.get(i).to()));
        }
    }

    private void rename(Renaming.Statement statement, List<Name> names) {
        var renaming = new Renaming(statement);
        names.forEach(n -> renaming.add(n.from(), n.to()));
        statements.addAll(renaming.statements());
    }

    private void renameColumns() {
        var renaming = new Renaming((from, to) -> "ALTER TABLE " + after.qualifiedName() + " RENAME COLUMN "
                + SqlText.identifier(from) + " TO " + SqlText.identifier(to));
        columns.kept()
                .forEach(k -> renaming.add(
                        DestinationNames.column(k.before().name()),
                        DestinationNames.column(k.after().name())));
        statements.addAll(renaming.statements());
    }

    private static Renaming.Statement enumRenaming(String schema) {
        return (from, to) -> "ALTER TYPE " + SqlText.qualified(schema, from) + " RENAME TO " + SqlText.identifier(to);
    }

    /** An operator may have dropped an index on the destination: then there is nothing to rename. */
    private static Renaming.Statement indexRenaming(String schema) {
        return (from, to) ->
                "ALTER INDEX IF EXISTS " + SqlText.qualified(schema, from) + " RENAME TO " + SqlText.identifier(to);
    }

    /** Types that stay get the new name, those that are replaced step aside until the column has left them. */
    private List<Name> enumNames() {
        var names = new ArrayList<Name>();
        List<AlteredColumns.Kept> enums = columns.keptEnums(before);
        for (int i = 0; i < enums.size(); i++) {
            AlteredColumns.Kept column = enums.get(i);
            names.add(new Name(
                    before.enumType(column.before()),
                    column.isConverted() ? replacedType(i) : after.enumType(column.after())));
        }
        return names;
    }

    private List<Name> indexNames() {
        var names = new ArrayList<Name>();
        indexes.kept()
                .forEach(
                        (old, now) -> names.add(new Name(IndexWriter.name(before, old), IndexWriter.name(after, now))));
        boolean keyed = !before.definition().primaryKey().isEmpty();
        if (keyed && indexes.keepsPrimaryKey()) {
            names.add(new Name(before.primaryKeyName(), after.primaryKeyName()));
        }
        return names;
    }

    /** After the conversion: the types that no column has any more. */
    static List<String> dropReplacedTypes(TableModel before, TableModel after, AlteredColumns columns) {
        var statements = new ArrayList<String>();
        List<AlteredColumns.Kept> enums = columns.keptEnums(before);
        for (int i = 0; i < enums.size(); i++) {
            if (enums.get(i).isConverted()) {
                statements.add("DROP TYPE " + SqlText.qualified(after.schema(), replacedType(i)));
            }
        }
        return statements;
    }

    private static String replacedType(int number) {
        return "_kameleon_replaced_" + number;
    }
}
