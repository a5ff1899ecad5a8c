package io.kameleon.catalogue.config;

import io.kameleon.schemas.table.TableId;
import java.util.List;

/**
 * A fill factor for some tables.
 *
 * @param percent 10 to 100
 * @param tables  origin tables; empty means every replicated table ({@code "*"} in the file)
 */
public record FillfactorRule(int percent, List<TablePattern> tables) {
    public static final int PERCENT_MIN = 10;
    public static final int PERCENT_MAX = 100;

    public FillfactorRule {
        if (percent < PERCENT_MIN || percent > PERCENT_MAX) {
            throw new IllegalArgumentException("fillfactor " + percent + " is not between 10 and 100");
        }
        tables = List.copyOf(tables);
    }

    public boolean appliesTo(TableId table) {
        return TablePattern.allOrAny(tables, table);
    }
}
