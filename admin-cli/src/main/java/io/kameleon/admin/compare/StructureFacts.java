package io.kameleon.admin.compare;

import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the two structures differ.
 *
 * @param missingColumns source's names of columns that the destination has not
 * @param extraColumns   columns that only the destination has
 * @param others         differences of primary key and NOT NULL, as sentences without a full stop; the rows can be equal
 *                       nevertheless
 */
public record StructureFacts(List<String> missingColumns, List<String> extraColumns, List<String> others) {
    static final StructureFacts NONE = new StructureFacts(List.of(), List.of(), List.of());

    public StructureFacts {
        missingColumns = List.copyOf(missingColumns);
        extraColumns = List.copyOf(extraColumns);
        others = List.copyOf(others);
    }

    static StructureFacts of(TableDefinition source, DestinationStructure destination) {
        var missing = new ArrayList<String>();
        var others = new ArrayList<String>();
        Set<String> extra = new HashSet<>(destination.columns().keySet());
        List<String> key = source.primaryKey().stream()
                .map(name -> DestinationNames.column(
                        source.column(name).map(ColumnDefinition::name).orElse(name)))
                .toList();
        if (!key.equals(destination.primaryKey())) {
            others.add("The primary key is " + named(key) + " on the source and " + named(destination.primaryKey())
                    + " on the destination");
        }
        for (ColumnDefinition column : source.columns()) {
            String name = DestinationNames.column(column.name());
            extra.remove(name);
            DestinationColumn found = destination.columns().get(name);
            if (found == null) {
                missing.add(column.name());
            } else if (found.notNull() == (column.nullable() && !key.contains(name))) {
                others.add("Column '" + column.name() + "' is NOT NULL on the "
                        + (found.notNull() ? "destination" : "source") + " only");
            }
        }
        return new StructureFacts(
                missing,
                destination.columns().keySet().stream().filter(extra::contains).toList(),
                others);
    }

    private static String named(List<String> key) {
        return key.isEmpty() ? "absent" : "(" + String.join(", ", key) + ")";
    }

    /** Whether each side has every column of the other. */
    public boolean hasSameColumns() {
        return missingColumns.isEmpty() && extraColumns.isEmpty();
    }
}
