package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an online schema change did to a table, by its structure before and after. The tools copy the rows with INSERT IGNORE, by the
 * columns of the same name: values are converted as without a strict {@code sql_mode}, rows that break a new key go without an error.
 * Stateless.
 */
public final class SwapEffect {
    private SwapEffect() {}

    /** @param after with the same id as {@code before} */
    public static Altered of(TableDefinition before, TableDefinition after) {
        var names = new ArrayList<String>();
        Set<String> reasons = new LinkedHashSet<>();
        boolean added = false;
        for (ColumnDefinition column : after.columns()) {
            ColumnDefinition old = before.column(column.name()).orElse(null);
            names.add(old == null ? "" : old.name());
            added |= old == null;
            reasons.add(old == null ? ofAdded(column) : ofKept(old, column));
        }
        boolean dropped =
                before.columns().stream().anyMatch(c -> after.column(c.name()).isEmpty());
        reasons.add(added && dropped ? "a column may have got another name in an online schema change" : "");
        reasons.add(ofKeys(before, after));
        reasons.remove("");
        return new Altered(before, after, names, String.join("; ", reasons));
    }

    private static String ofAdded(ColumnDefinition column) {
        boolean now =
                column.defaultValue() != null && column.defaultValue().kind() == ColumnDefault.Kind.CURRENT_TIMESTAMP;
        return now
                ? "rows got the time at which they were copied in the new column '" + column.name() + "'"
                : DataEffect.ofAdded(column);
    }

    private static String ofKept(ColumnDefinition old, ColumnDefinition column) {
        if (old.nullable() && !column.nullable()) {
            return "column '" + column.name() + "' became NOT NULL in an online schema change";
        }
        boolean same = old.generated() == column.generated() && old.type().equals(column.type());
        return same ? "" : DataEffect.ofChanged(old, column, SqlMode.NONE);
    }

    /** Numbers and dates are equal on both sides: there PostgreSQL refuses a key that cost rows on the source. */
    private static String ofKeys(TableDefinition before, TableDefinition after) {
        Set<Set<String>> known = uniqueKeys(before);
        for (Set<String> key : uniqueKeys(after)) {
            boolean text = key.stream().anyMatch(name -> after.column(name)
                    .filter(c -> c.type().kind().isText())
                    .isPresent());
            boolean expression = key.contains("");
            if (!known.contains(key) && (text || expression)) {
                return "rows with the same key may have gone with a new unique key";
            }
        }
        return "";
    }

    private static Set<Set<String>> uniqueKeys(TableDefinition table) {
        var keys = new LinkedHashSet<Set<String>>();
        keys.add(lower(table.primaryKey()));
        table.indexes().stream()
                .filter(IndexDefinition::isUnique)
                .forEach(index -> keys.add(lower(
                        index.parts().stream().map(IndexDefinition.Part::column).toList())));
        return keys;
    }

    private static Set<String> lower(List<String> names) {
        var lower = new TreeSet<String>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
