package io.kameleon.reader.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedPartsTest {
    private final SharedParts parts = new SharedParts();

    @Test
    void equalPartsOfDefinitionsBecomeOneAndDefinitionsStayWhatTheyWere() {
        TableDefinition one = parts.share(table("one", "name"));
        TableDefinition two = parts.share(table("two", "name"));
        TableDefinition other = parts.share(table("other", "title"));

        assertThat(one).isEqualTo(table("one", "name"));
        assertThat(two).isEqualTo(table("two", "name"));
        assertThat(other).isEqualTo(table("other", "title"));
        assertThat(two.columns()).isSameAs(one.columns());
        assertThat(two.indexes()).isSameAs(one.indexes());
        assertThat(other.columns().get(0)).isSameAs(one.columns().get(0));
        assertThat(other.columns().get(1)).isNotEqualTo(one.columns().get(1));
    }

    /** Each call with instances of its own, as they come from the topic. */
    private static TableDefinition table(String name, String column) {
        return new TableDefinition(
                new TableId("shop", name),
                List.of(column("id", TypeKind.INT), column(column, TypeKind.TEXT)),
                List.of("id"),
                List.of(new IndexDefinition(
                        "id_unique", IndexDefinition.Kind.UNIQUE, List.of(IndexDefinition.Part.of("id")))),
                List.of(),
                "utf8mb4",
                "utf8mb4_bin",
                "");
    }

    private static ColumnDefinition column(String name, TypeKind kind) {
        var type = new ColumnType(kind, ColumnType.NONE, ColumnType.NONE, false, "", "", List.of(), "a type");
        return ColumnDefinition.of(name, type, false);
    }
}
