package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/** A table's life in four events of several rows. */
final class ImageStory {
    private ImageStory() {}

    static TableDefinition table(String schema) {
        return ValueCase.of("VARCHAR(20)", ValueCase.text(TypeKind.VARCHAR, 20, "utf8mb4"))
                .table(schema, "story");
    }

    static void play(ValueFixture fixture) throws Exception {
        String[] start = fixture.position();
        fixture.run("CREATE TABLE story (id INT NOT NULL PRIMARY KEY, v VARCHAR(20)) CHARACTER SET utf8mb4");
        fixture.run("INSERT INTO story VALUES (1, 'one'), (2, NULL), (3, '')");
        fixture.run("UPDATE story SET v = 'two' WHERE id < 3 ORDER BY id");
        fixture.run("UPDATE story SET id = 30 WHERE id = 3");
        fixture.run("DELETE FROM story");
        assertThat(fixture.images(table(fixture.schema()), start))
                .containsExactly(
                        "WRITE ->1,one",
                        "WRITE ->2,null",
                        "WRITE ->3,",
                        "UPDATE 1,one>1,two",
                        "UPDATE 2,null>2,two",
                        "UPDATE 3,>30, key changed",
                        "DELETE 1,two>-",
                        "DELETE 2,two>-",
                        "DELETE 30,>-");
    }

    /** Generated columns are in the images, stored and virtual ones; the hidden column of a functional index is not (F51). */
    static void playGenerated(ValueFixture fixture, String functionalIndex) throws Exception {
        String[] start = fixture.position();
        fixture.run("CREATE TABLE made (id INT NOT NULL PRIMARY KEY, v INT GENERATED ALWAYS AS (id + 1) VIRTUAL,"
                + " s INT GENERATED ALWAYS AS (id * 2) STORED, t INT" + functionalIndex + ")");
        fixture.run("INSERT INTO made (id, t) VALUES (1, 5)");
        fixture.run("UPDATE made SET t = 6");
        var type = ValueCase.number(TypeKind.INT, false);
        var table = new TableDefinition(
                new TableId(fixture.schema(), "made"),
                List.of(
                        ColumnDefinition.of("id", type, false),
                        ColumnDefinition.of("v", type, true),
                        ColumnDefinition.of("s", type, true),
                        ColumnDefinition.of("t", type, true)),
                List.of("id"),
                List.of(),
                List.of(),
                "utf8mb4",
                "",
                "");
        assertThat(fixture.images(table, start)).containsExactly("WRITE ->1,2,2,5", "UPDATE 1,2,2,5>1,2,2,6");
    }
}
