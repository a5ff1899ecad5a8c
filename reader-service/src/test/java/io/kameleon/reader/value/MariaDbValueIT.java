package io.kameleon.reader.value;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Copy = stream = expected on a MariaDB given by {@code -Dmariadb.url} (F6, F7, F52 to F61). */
@EnabledIfSystemProperty(named = "mariadb.url", matches = ".+")
class MariaDbValueIT {
    private static final String URL = System.getProperty("mariadb.url");

    @Test
    void everyTypeIsTheSameCopiedAndStreamed() throws Exception {
        List<ValueCase> cases = ValueCases.ofBothServers().stream()
                .filter(valueCase -> !valueCase.sqlType().contains("gb18030")) // a character set of MySQL only
                .toList();
        try (var fixture = new ValueFixture(URL)) {
            fixture.checkCopyEqualsStreamEqualsExpected(cases);
        }
    }

    /** {@code mysql56_temporal_format=0}: what tables of MariaDB 5.5 and 10.0 still have. */
    @Test
    void oldTemporalFormatsAreTheSameCopiedAndStreamed() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            fixture.run("SET @format = @@GLOBAL.mysql56_temporal_format");
            fixture.run("SET GLOBAL mysql56_temporal_format = 0");
            try {
                List<ValueCase> cases = OldAndNewTemporals.cases();
                fixture.checkCopyEqualsStreamEqualsExpected(cases);
            } finally {
                fixture.run("SET GLOBAL mysql56_temporal_format = @format");
            }
        }
    }

    /** MariaDB's JSON is LONGTEXT: text as it was written, spaces included. */
    @Test
    void jsonKeepsItsText() throws Exception {
        var type = ValueCase.text(io.kameleon.schemas.table.TypeKind.LONGTEXT, -1, "utf8mb4");
        Object[] pairs = Stream.of("{\"a\":  [1,2]}", "1.50", "\"ü\"")
                .flatMap(json -> Stream.of("'" + json + "'", json))
                .toArray();
        try (var fixture = new ValueFixture(URL)) {
            fixture.checkCopyEqualsStreamEqualsExpected(List.of(ValueCase.of("JSON", type, pairs)));
        }
    }

    @Test
    void updatesAndDeletesCarryBothImagesAndKeyChanges() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            ImageStory.play(fixture);
        }
    }

    @Test
    void generatedColumnsAreInTheImages() throws Exception {
        try (var fixture = new ValueFixture(URL)) {
            ImageStory.playGenerated(fixture, "");
        }
    }
}
