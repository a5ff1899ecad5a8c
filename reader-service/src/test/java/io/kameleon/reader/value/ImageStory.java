package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;

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
}
