package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.ColumnSpec.Generation;
import io.kameleon.reader.ddl.ColumnSpec.Key;
import io.kameleon.reader.ddl.ColumnSpec.Nullability;
import io.kameleon.reader.ddl.SessionContext.TimestampDefaults;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/** Makes a column of its declaration. Immutable and thread-safe. */
final class ColumnResolver {
    private static final ColumnDefault ZERO_DATE = new ColumnDefault(ColumnDefault.Kind.LITERAL, "0000-00-00 00:00:00");
    private static final ColumnDefault NOW = new ColumnDefault(ColumnDefault.Kind.CURRENT_TIMESTAMP, "");

    private final TypeResolver types;

    ColumnResolver(TypeResolver types) {
        this.types = types;
    }

    /**
     * @param timestamps what a bare TIMESTAMP means in the session
     * @param before     the columns in front of this one
     */
    ColumnDefinition resolve(
            ColumnSpec spec, TextDefaults inherited, TimestampDefaults timestamps, List<ColumnDefinition> before) {
        ColumnType type = types.resolve(spec.type(), inherited);
        ColumnDefault value = DefaultResolver.resolve(spec.defaultValue(), type);
        boolean implicit = timestamps == TimestampDefaults.IMPLICIT
                && type.kind() == TypeKind.TIMESTAMP
                && spec.generation() == Generation.NONE
                && spec.nullability() != Nullability.NULL;
        if (implicit) {
            return implicitTimestamp(spec, type, value, before);
        }
        return definition(spec, type, !isNotNull(spec), value, spec.onUpdateNow());
    }

    private static boolean isNotNull(ColumnSpec spec) {
        return spec.nullability() == Nullability.NOT_NULL || spec.key() == Key.PRIMARY || spec.autoIncrement();
    }

    private static ColumnDefinition implicitTimestamp(
            ColumnSpec spec, ColumnType type, ColumnDefault value, List<ColumnDefinition> before) {
        boolean open = value == null && spec.defaultValue() == null && !spec.onUpdateNow();
        if (!open) {
            return definition(spec, type, false, value, spec.onUpdateNow());
        }
        boolean first = before.stream().noneMatch(c -> c.type().kind() == TypeKind.TIMESTAMP);
        if (first) {
            return definition(spec, type, false, NOW, true);
        }
        return definition(spec, type, false, DefaultResolver.resolve(ZERO_DATE, type), false);
    }

    private static ColumnDefinition definition(
            ColumnSpec spec, ColumnType type, boolean nullable, ColumnDefault value, boolean onUpdateNow) {
        return new ColumnDefinition(
                spec.name(),
                type,
                nullable,
                value,
                spec.autoIncrement(),
                onUpdateNow,
                spec.generation() != Generation.NONE,
                spec.generation() == Generation.VIRTUAL,
                spec.invisible(),
                spec.comment());
    }
}
