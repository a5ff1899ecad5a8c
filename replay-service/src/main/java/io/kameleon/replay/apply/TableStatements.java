package io.kameleon.replay.apply;

import static io.kameleon.replay.row.DestinationTable.quote;

import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTable.Column;
import io.kameleon.replay.row.DestinationTable.Comparison;
import io.kameleon.replay.row.DestinationTable.UniqueIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL texts for one destination table.
 *
 * <p>Rows travel as one parameter: an array of the table's own row type, which {@code unnest} turns into rows. That takes one
 * round trip for any number of rows and columns, needs no staging table that would have to be made, truncated and
 * dropped, and the row type's input checks lengths and precisions as the table would. Aliases: {@code d} is the
 * destination, {@code s} the rows sent.
 *
 * <p>A text is made when it is first asked for: most tables of many see one kind of change only.
 */
final class TableStatements {
    private final DestinationTable table;
    private final List<String> columns;
    private final List<String> identity;
    private final List<UniqueIndex> secondaryUniqueIndexes;
    private String insert;
    private String copy;
    private String update;
    private String deleteKeys;
    private List<String> deleteUnique;
    private String deleteImages;

    /**
     * @param columns  that are written
     * @param identity the destination's columns of the key; empty without one
     */
    TableStatements(DestinationTable table, List<String> columns, List<String> identity) {
        this.table = table;
        this.columns = columns;
        this.identity = identity;
        secondaryUniqueIndexes =
                table.uniqueIndexes().stream().filter(this::isSecondary).toList();
    }

    /** Parameters: rows. */
    String insert() {
        if (insert == null) {
            insert = insertText(columns);
        }
        return insert;
    }

    /** Parameters: rows. The other columns get their defaults. */
    String insert(List<String> known) {
        return insertText(known);
    }

    /** Parameters: a row as it was, of which the key matters, and as it is. Sets the given columns. */
    String update(List<String> known) {
        return "UPDATE " + table.quotedName() + " AS d SET " + joined(known, c -> quote(c) + " = a." + quote(c))
                + " FROM " + sent() + " AS s, " + sent() + " AS a WHERE " + sameKey();
    }

    /** Parameters: rows. Inserts those whose key is not there. */
    String insertMissing() {
        return insert() + " WHERE NOT EXISTS (SELECT FROM " + table.quotedName() + " AS d WHERE " + sameKey() + ")";
    }

    /** Tuples follow in binary. */
    String copy() {
        if (copy == null) {
            copy = "COPY " + table.quotedName() + " (" + joined(columns, c -> quote(c))
                    + ") FROM STDIN (FORMAT binary)";
        }
        return copy;
    }

    /** Parameters: rows. Sets all columns of the rows with the same keys. */
    String update() {
        if (update == null) {
            update = updateText();
        }
        return update;
    }

    /** Parameters: rows of which only the key matters. */
    String deleteKeys() {
        if (deleteKeys == null) {
            deleteKeys = "DELETE FROM " + table.quotedName() + " AS d USING " + sent() + " AS s WHERE " + sameKey();
        }
        return deleteKeys;
    }

    /** Unique indexes other than the identity's. */
    List<UniqueIndex> secondaryUniqueIndexes() {
        return secondaryUniqueIndexes;
    }

    /** One text per secondary unique index. Parameters: rows. Deletes the rows with the same values in that index. */
    List<String> deleteUnique() {
        if (deleteUnique == null) {
            deleteUnique =
                    secondaryUniqueIndexes.stream().map(this::deleteUniqueText).toList();
        }
        return deleteUnique;
    }

    /** Parameters: distinct rows, and an {@code int4[]} of how many like each to delete. Matches the full image (F42). */
    String deleteImages() {
        if (deleteImages == null) {
            deleteImages = deleteImagesText();
        }
        return deleteImages;
    }

    private String sent() {
        return "unnest(?::" + table.quotedName() + "[])";
    }

    private boolean isSecondary(UniqueIndex index) {
        boolean same = Set.copyOf(index.columns()).equals(Set.copyOf(identity));
        return !(same && index.plain() && index.predicate().isEmpty());
    }

    private String insertText(List<String> written) {
        return "INSERT INTO " + table.quotedName() + " (" + joined(written, c -> quote(c))
                + ") OVERRIDING SYSTEM VALUE SELECT " + joined(written, c -> "s." + quote(c)) + " FROM " + sent()
                + " AS s";
    }

    private String updateText() {
        List<String> values =
                columns.stream().filter(c -> !identity.contains(c)).toList();
        List<String> set = values.isEmpty() ? columns : values;
        return "UPDATE " + table.quotedName() + " AS d SET " + joined(set, c -> quote(c) + " = s." + quote(c))
                + " FROM " + sent() + " AS s WHERE " + sameKey();
    }

    private String sameKey() {
        return identity.isEmpty()
                ? "false"
                : identity.stream()
                        .map(c -> "d." + quote(c) + " = s." + quote(c))
                        .collect(Collectors.joining(" AND "));
    }

    /** The parts of the index are expressions over unqualified columns: the sent rows compute them in a subquery of their own. */
    private String deleteUniqueText(UniqueIndex index) {
        var computed = new ArrayList<String>();
        var same = new ArrayList<String>();
        for (int i = 0; i < index.expressions().size(); i++) {
            String expression = "(" + index.expressions().get(i) + ")";
            String name = quote("kameleon part " + i);
            computed.add(expression + " AS " + name);
            same.add(expression + " = s." + name);
        }
        String partial = index.predicate().isEmpty() ? "" : " WHERE " + index.predicate();
        String more = index.predicate().isEmpty() ? "" : " AND (" + index.predicate() + ")";
        return "DELETE FROM " + table.quotedName() + " USING (SELECT " + String.join(", ", computed) + " FROM " + sent()
                + partial + ") AS s WHERE " + String.join(" AND ", same) + more;
    }

    /** Identical rows are told apart by their place in the table, and as many of them go as were asked for. */
    private String deleteImagesText() {
        String aliases = joined(positions(), i -> quote("k" + i));
        return "DELETE FROM " + table.quotedName()
                + " AS d USING (SELECT x.o, x.c FROM (SELECT e.tableoid AS o, e.ctid AS c,"
                + " s.\"n\", row_number() OVER (PARTITION BY s.\"i\") AS r FROM " + table.quotedName()
                + " AS e JOIN ROWS FROM (" + sent() + ", unnest(?::int4[])) WITH ORDINALITY AS s(" + aliases
                + ", \"n\", \"i\") ON " + sameImage() + ") AS x WHERE x.r <= x.n) AS y"
                + " WHERE d.ctid = y.c AND d.tableoid = y.o";
    }

    private String sameImage() {
        var clauses = new ArrayList<String>();
        boolean hashable = false;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (columns.contains(column.name())) {
                clauses.add(same(column, "s." + quote("k" + i)));
                hashable |= column.notNull() && column.comparison() == Comparison.EQUALITY;
            }
        }
        if (!hashable) {
            clauses.add(hashableClause());
        }
        return String.join(" AND ", clauses);
    }

    private static String same(Column column, String other) {
        String own = "e." + quote(column.name());
        return switch (column.comparison()) {
            case EQUALITY -> own + (column.notNull() ? " = " : " IS NOT DISTINCT FROM ") + other;
            case TEXT -> own + "::text COLLATE \"C\" IS NOT DISTINCT FROM " + other + "::text COLLATE \"C\"";
        };
    }

    /** {@code IS NOT DISTINCT FROM} alone would compare every row with every row. */
    private String hashableClause() {
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).name();
            if (columns.contains(name)) {
                return "coalesce(e." + quote(name) + "::text, '') COLLATE \"C\" = coalesce(s." + quote("k" + i)
                        + "::text, '') COLLATE \"C\"";
            }
        }
        return "true";
    }

    private List<Integer> positions() {
        return java.util.stream.IntStream.range(0, table.columns().size())
                .boxed()
                .toList();
    }

    private static <T> String joined(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(", "));
    }
}
