package io.kameleon.replay.ddl;

import io.kameleon.schemas.table.ColumnDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code ON UPDATE CURRENT_TIMESTAMP} as a trigger: an update that changes something, and not the column itself, sets it. One that
 * names the column with the value that it has is told apart by the source only.
 */
final class UpdateTimeTrigger {
    private static final String TRIGGER = "on_update_current_timestamp";

    private UpdateTimeTrigger() {}

    /** Anew where they are; none for a table without such a column. */
    static List<String> statements(TableModel table) {
        String body = table.definition().columns().stream()
                .filter(ColumnDefinition::onUpdateNow)
                .flatMap(column -> assignment(table, column).stream())
                .collect(Collectors.joining(" "));
        if (body.isEmpty()) {
            return List.of();
        }
        String function = SqlText.qualified(
                table.schema(),
                DestinationNames.updateFunction(table.definition().id().name()));
        return List.of(
                "CREATE OR REPLACE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS "
                        + SqlText.literal("BEGIN " + body + " RETURN NEW; END"),
                "DROP TRIGGER IF EXISTS " + TRIGGER + " ON " + table.qualifiedName(),
                "CREATE TRIGGER " + TRIGGER + " BEFORE UPDATE ON " + table.qualifiedName()
                        + " FOR EACH ROW WHEN (OLD.* *<> NEW.*) EXECUTE FUNCTION " + function + "()");
    }

    private static Optional<String> assignment(TableModel table, ColumnDefinition column) {
        String name = SqlText.identifier(DestinationNames.column(column.name()));
        return DefaultWriter.now(table.type(column))
                .map(now -> "IF NEW." + name + " IS NOT DISTINCT FROM OLD." + name + " THEN NEW." + name + " := " + now
                        + "; END IF;");
    }
}
