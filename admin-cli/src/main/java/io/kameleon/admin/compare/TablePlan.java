package io.kameleon.admin.compare;

import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How two tables are compared.
 *
 * @param columns those that both sides have, in the source's order
 * @param key     indexes into the columns; empty when rows have no key that both sides have: then the whole row is the key
 * @param facts   what differs in the structure
 * @param notes   what a reader of the result should know
 */
record TablePlan(List<ComparedColumn> columns, List<Integer> key, StructureFacts facts, List<String> notes) {
    static TablePlan of(CompareTarget target, DestinationStructure destination, ConversionTally tally) {
        var columns = new ArrayList<ComparedColumn>();
        var notes = new ArrayList<String>();
        for (ColumnDefinition column : target.source().columns()) {
            DestinationColumn found = destination.columns().get(DestinationNames.column(column.name()));
            if (found == null) {
                continue;
            }
            var forms = new ColumnForms(column, found, tally);
            if (!forms.isKnown()) {
                notes.add("Column '" + column.name() + "' (" + column.type().declared() + ", in PostgreSQL "
                        + found.type() + ") is compared by the texts that the servers print");
            }
            columns.add(forms.column());
        }
        List<Integer> key = key(target.source(), columns);
        if (key.isEmpty()) {
            notes.add("Without a key rows are compared whole");
        }
        return new TablePlan(columns, key, StructureFacts.of(target.source(), destination), notes);
    }

    private static List<Integer> key(TableDefinition source, List<ComparedColumn> columns) {
        List<String> names =
                columns.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
        List<Integer> key = source.identity().stream()
                .map(name -> names.indexOf(name.toLowerCase(Locale.ROOT)))
                .toList();
        Set<Integer> found = new HashSet<>(key);
        return found.contains(-1) ? List.of() : key;
    }

    Hash128 keyHash(String[] values, RowHash hash) {
        if (key.isEmpty()) {
            return rowHash(values, hash);
        }
        for (int i : key) {
            hash.add(values[i]);
        }
        return hash.finish();
    }

    Hash128 rowHash(String[] values, RowHash hash) {
        for (String value : values) {
            hash.add(value);
        }
        return hash.finish();
    }

    /** Of a keyless row each value is cut: it is only shown. */
    RowKey key(Hash128 hash, String[] values) {
        var names = new ArrayList<String>();
        var shown = new ArrayList<String>();
        if (key.isEmpty()) {
            for (int i = 0; i < values.length; i++) {
                names.add(columns.get(i).name());
                shown.add(RowKey.cut(values[i]));
            }
        } else {
            for (int i : key) {
                names.add(columns.get(i).name());
                shown.add(values[i]);
            }
        }
        return new RowKey(hash, names, shown);
    }

    List<ComparedColumn> keyColumns() {
        return key.stream().map(columns::get).toList();
    }
}
