package io.kameleon.replay.type;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One entry of the configuration's {@code type_override}: columns of a source type get another PostgreSQL type.
 *
 * @param sourceType the type as {@code SHOW CREATE TABLE} writes it, e.g. {@code tinyint(1)}; case and spacing are free
 * @param target     PostgreSQL type, e.g. {@code boolean}
 * @param tables     {@code *} for every table, otherwise {@code schema.table} with the source's schema name
 */
public record TypeOverride(String sourceType, String target, List<String> tables) {
    private static final Pattern TYPE_NAME = Pattern.compile("[\\w\\s.,()\"\\[\\]]+", Pattern.UNICODE_CHARACTER_CLASS);

    public TypeOverride {
        requireNonNull(sourceType, "sourceType");
        requireNonNull(target, "target");
        tables = List.copyOf(tables);
        if (!TYPE_NAME.matcher(target).matches()) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "override_to of type_override '" + sourceType + "' is not a type name",
                    Map.of("override_to", target),
                    "Write a PostgreSQL type such as boolean or numeric(12,2).");
        }
    }

    boolean applies(TableId table, ColumnType type) {
        return normal(sourceType).equals(normal(type.declared()))
                && (tables.contains("*") || tables.contains(table.toString()));
    }

    private static String normal(String type) {
        return type.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("\\s*([(),])\\s*", "$1");
    }
}
