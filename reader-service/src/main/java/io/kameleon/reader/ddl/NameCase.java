package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TableId;
import java.util.Locale;

/** The server's {@code lower_case_table_names}: how names of databases and tables are stored and compared. */
public enum NameCase {
    /** 0: stored as written, compared byte by byte. */
    SENSITIVE,
    /** 1: stored in lower case. */
    LOWERED,
    /** 2: stored as written, compared in lower case. */
    PRESERVED;

    /** @param lowerCaseTableNames the variable's value: 0, 1 or 2 */
    public static NameCase of(int lowerCaseTableNames) {
        return switch (lowerCaseTableNames) {
            case 0 -> SENSITIVE;
            case 1 -> LOWERED;
            case 2 -> PRESERVED;
            default ->
                throw new IllegalArgumentException("lower_case_table_names is 0, 1 or 2, not " + lowerCaseTableNames);
        };
    }

    /** A name as the server stores it. */
    public String stored(String name) {
        return this == LOWERED ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Equal keys are one name for the server. */
    String key(String name) {
        return this == SENSITIVE ? name : name.toLowerCase(Locale.ROOT);
    }

    TableId key(TableId id) {
        return this == SENSITIVE ? id : new TableId(key(id.schema()), key(id.name()));
    }
}
