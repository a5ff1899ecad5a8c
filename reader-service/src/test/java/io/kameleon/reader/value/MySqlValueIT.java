package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Copy = stream = expected on a MySQL given by {@code -Dmysql.url} (F6, F7, F21, F52 to F61). */
@EnabledIfSystemProperty(named = "mysql.url", matches = ".+")
class MySqlValueIT {
    private static final String URL = System.getProperty("mysql.url");

    @Test
    void everyTypeIsTheSameCopiedAndStreamed() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            fixture.checkCopyEqualsStreamEqualsExpected(ValueCases.ofBothServers());
        }
    }

    @Test
    void typesOfMySqlAloneAreTheSameCopiedAndStreamed() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            fixture.checkCopyEqualsStreamEqualsExpected(ValueCases.ofMySql());
        }
    }

    @Test
    void jsonIsTheServersOwnText() throws Exception {
        Object[] pairs = JsonSamples.literals().stream()
                .flatMap(literal -> Stream.of(literal, ValueCase.AS_COPIED))
                .toArray();
        ColumnType json = ValueCase.sized(TypeKind.JSON, ColumnType.NONE, ColumnType.NONE);
        try (var fixture = new ValueFixture(URL)) {
            fixture.checkCopyEqualsStreamEqualsExpected(List.of(ValueCase.of("JSON", json, pairs)));
        }
    }

    @Test
    void updatesAndDeletesCarryBothImagesAndKeyChanges() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            ImageStory.play(fixture);
        }
    }

    @Test
    void namesOfFullMetadataAreReadAndChecked() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            String[] start = fixture.position();
            TableDefinition table = ImageStory.table(fixture.schema());
            fixture.run("SET @full = @@GLOBAL.binlog_row_metadata");
            fixture.run("SET GLOBAL binlog_row_metadata = 'FULL'");
            try {
                fixture.run("CREATE TABLE story (id INT PRIMARY KEY, v VARCHAR(20))");
                fixture.run("INSERT INTO story VALUES (1, 'one')");
            } finally {
                fixture.run("SET GLOBAL binlog_row_metadata = @full");
            }
            assertThat(fixture.images(table, start)).containsExactly("WRITE ->1,one");
        }
    }

    @Test
    void generatedColumnsAreInTheImages() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            ImageStory.playGenerated(fixture, ", KEY ((t + 10))");
        }
    }
}
