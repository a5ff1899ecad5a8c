package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Locale;

/**
 * A PostgreSQL type that stands in for the default of a MySQL column type, for all or for some tables.
 *
 * @param columnType MySQL's column type with its dimensions, as {@code information_schema} spells it, in lower case:
 *                   {@code tinyint(1)}
 * @param overrideTo a PostgreSQL type to which the values can be cast
 * @param tables     origin tables; empty means every replicated table ({@code "*"} in the file)
 */
public record TypeOverride(String columnType, String overrideTo, List<TablePattern> tables) {
    public TypeOverride {
        columnType = columnType.toLowerCase(Locale.ROOT);
        requireNonNull(overrideTo, "overrideTo");
        tables = List.copyOf(tables);
    }

    /** @param declaredType as {@code information_schema.columns.column_type} has it; case does not matter */
    public boolean appliesTo(TableId table, String declaredType) {
        return columnType.equals(declaredType.toLowerCase(Locale.ROOT)) && TablePattern.allOrAny(tables, table);
    }
}
