package io.kameleon.schemas.record;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Table definitions from a seed: every kind, hostile names, everything optional both present and absent. */
final class RichDefinitions {
    private static final List<String> NAMES =
            List.of("id", "größe", "a.b", "x-1", "select", "", " ", "\"quoted\"", "`tick`", "日本", "😀", "A", "a\\");

    private final Random random;

    RichDefinitions(long seed) {
        random = new Random(seed);
    }

    TableDefinition table() {
        List<ColumnDefinition> columns = some(this::column);
        return new TableDefinition(
                id(), columns, some(this::name), some(this::index), some(this::foreignKey), name(), name(), name());
    }

    TableId id() {
        return new TableId(name(), name());
    }

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    boolean either() {
        return random.nextBoolean();
    }

    <T> List<T> some(Supplier<T> element) {
        var list = new ArrayList<T>();
        for (int n = random.nextInt(5); n > 0; n--) {
            list.add(element.get());
        }
        return list;
    }

    private ColumnDefinition column() {
        ColumnDefault value = either() ? null : new ColumnDefault(any(ColumnDefault.Kind.class), name());
        return new ColumnDefinition(
                name(), type(), either(), value, either(), either(), either(), either(), either(), name());
    }

    private ColumnType type() {
        return new ColumnType(
                any(TypeKind.class),
                random.nextInt(),
                random.nextInt(66) - 1,
                either(),
                name(),
                name(),
                some(this::name),
                name());
    }

    private IndexDefinition index() {
        return new IndexDefinition(
                name(),
                any(IndexDefinition.Kind.class),
                some(() -> new IndexDefinition.Part(name(), random.nextInt(100) - 1, either(), name())));
    }

    private ForeignKeyDefinition foreignKey() {
        return new ForeignKeyDefinition(
                name(),
                some(this::name),
                id(),
                some(this::name),
                any(ForeignKeyDefinition.Action.class),
                any(ForeignKeyDefinition.Action.class));
    }

    private <E extends Enum<E>> E any(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }
}
