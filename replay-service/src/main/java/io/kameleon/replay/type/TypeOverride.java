package io.kameleon.replay.type;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One entry of the configuration's {@code type_override}: columns of a source type get another PostgreSQL type.
 *
 * @param sourceType the type as {@code SHOW CREATE TABLE} writes it, e.g. {@code tinyint(1)}; case and spacing are free
 * @param target     PostgreSQL type, e.g. {@code boolean}
 * @param tables     whether the override holds for a table of the source
 */
public record TypeOverride(String sourceType, String target, Predicate<TableId> tables) {
    private static final Pattern TYPE_NAME = Pattern.compile("[\\w\\s.,()\"\\[\\]]+", Pattern.UNICODE_CHARACTER_CLASS);

    public TypeOverride {
        requireNonNull(sourceType, "sourceType");
        requireNonNull(target, "target");
        requireNonNull(tables, "tables");
        if (!TYPE_NAME.matcher(target).matches()) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "override_to of type_override '" + sourceType + "' is not a type name",
                    Map.of("override_to", target),
                    "Write a PostgreSQL type such as boolean or numeric(12,2).");
        }
    }

    boolean applies(TableId table, ColumnType type) {
        return normal(sourceType).equals(normal(type.declared())) && tables.test(table);
    }

    private static String normal(String type) {
        return type.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("\\s*([(),])\\s*", "$1");
    }
}
