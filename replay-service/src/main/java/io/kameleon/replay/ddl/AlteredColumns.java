package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns of an altered table stayed, came and went, and how the values of those that stayed are converted. */
final class AlteredColumns {
    private final List<Kept> kept = new ArrayList<>();
    private final List<ColumnDefinition> added = new ArrayList<>();
    private final List<ColumnDefinition> dropped = new ArrayList<>();

    /** A column before and after. */
    record Kept(ColumnDefinition before, ColumnDefinition after, Conversion conversion) {
        boolean isConverted() {
            return conversion.using().isPresent();
        }
    }

    AlteredColumns(Altered change, TableModel before, TableModel after) {
        Set<String> left = new LinkedHashSet<>();
        before.definition().columns().forEach(c -> left.add(c.name()));
        for (int i = 0; i < after.definition().columns().size(); i++) {
            ColumnDefinition column = after.definition().columns().get(i);
            String previous = change.previousNames().get(i);
            if (previous.isEmpty()) {
                added.add(column);
            } else {
                ColumnDefinition old = before.column(previous);
                left.remove(old.name());
                kept.add(new Kept(old, column, conversion(before, old, after, column)));
            }
        }
        left.forEach(name -> dropped.add(before.column(name)));
    }

    private static Conversion conversion(
            TableModel before, ColumnDefinition old, TableModel after, ColumnDefinition column) {
        return ValueConversion.of(new ConvertedColumn(
                SqlText.identifier(DestinationNames.column(column.name())),
                old,
                before.type(old),
                column,
                after.type(column),
                after.typeText(column)));
    }

    List<Kept> kept() {
        return kept;
    }

    List<ColumnDefinition> added() {
        return added;
    }

    List<ColumnDefinition> dropped() {
        return dropped;
    }

    List<Kept> converted() {
        return kept.stream().filter(Kept::isConverted).toList();
    }

    /** What a column of the table before is after. */
    Optional<Kept> after(String nameBefore) {
        return kept.stream()
                .filter(k -> k.before().name().equalsIgnoreCase(nameBefore))
                .findFirst();
    }

    /** Kept columns whose native enum type was one before, whatever it is after. */
    List<Kept> keptEnums(TableModel before) {
        return kept.stream()
                .filter(k -> before.type(k.before()).family() == Family.ENUM)
                .toList();
    }
}
