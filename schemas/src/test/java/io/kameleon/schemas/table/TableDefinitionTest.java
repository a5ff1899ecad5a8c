package io.kameleon.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.IndexDefinition.Kind;
import io.kameleon.schemas.table.IndexDefinition.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F42: what identifies a row of a table without a primary key. */
class TableDefinitionTest {
    private static final ColumnType INT = ColumnType.of(TypeKind.INT, ColumnType.NONE, ColumnType.NONE, false, "int");

    @Test
    void thePrimaryKeyIdentifiesInKeyOrder() {
        assertThat(table(List.of("b", "a"), index("u", Kind.UNIQUE, Part.of("a")))
                        .identity())
                .containsExactly("b", "a");
    }

    @Test
    void theFirstUniqueKeyWithoutNullsStandsIn() {
        assertThat(table(
                                List.of(),
                                index("plain", Kind.PLAIN, Part.of("a")),
                                index("with_null", Kind.UNIQUE, Part.of("maybe")),
                                index("good", Kind.UNIQUE, Part.of("B"), Part.of("a")),
                                index("later", Kind.UNIQUE, Part.of("a")))
                        .identity())
                .containsExactly("B", "a");
    }

    @Test
    void prefixesAndExpressionsDoNotIdentify() {
        assertThat(table(
                                List.of(),
                                index("prefix", Kind.UNIQUE, new Part("a", 10, false, "")),
                                index("function", Kind.UNIQUE, new Part("", ColumnType.NONE, false, "lower(a)")))
                        .identity())
                .isEmpty();
    }

    @Test
    void aTableWithoutKeysHasNoIdentity() {
        assertThat(table(List.of()).identity()).isEmpty();
    }

    private static IndexDefinition index(String name, Kind kind, Part... parts) {
        return new IndexDefinition(name, kind, List.of(parts));
    }

    private static TableDefinition table(List<String> primaryKey, IndexDefinition... indexes) {
        var columns = List.of(
                ColumnDefinition.of("a", INT, false),
                ColumnDefinition.of("b", INT, false),
                ColumnDefinition.of("maybe", INT, true));
        return new TableDefinition(
                new TableId("shop", "orders"), columns, primaryKey, List.of(indexes), List.of(), "utf8mb4", "", "");
    }
}
