package io.kameleon.reader.value;

import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.schemas.table.TypeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copy = stream = expected on the sandbox's MariaDB (F6, F7, F52 to F61). */
class MariaDbValueIT {
    @TempDir
    private static Path directory;

    private static SandboxMariaDb server;
    private static String url;

    @BeforeAll
    static void start() {
        server = SandboxMariaDb.startIn(directory, "--binlog-row-metadata=FULL");
        url = server.jdbcUrl("");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void everyTypeIsTheSameCopiedAndStreamed() throws Exception {
        List<ValueCase> cases = ValueCases.ofBothServers().stream()
                .filter(valueCase -> !valueCase.sqlType().contains("gb18030")) // a character set of MySQL only
                .toList();
        try (var fixture = new ValueFixture(url)) {
            fixture.checkCopyEqualsStreamEqualsExpected(cases);
        }
    }

    /** F60: in the binlog the bytes, in a copy the text. */
    @Test
    void typesOfMariaDbAloneAreTheSameCopiedAndStreamed() throws Exception {
        try (var fixture = new ValueFixture(url)) {
            fixture.checkCopyEqualsStreamEqualsExpected(ValueCases.ofMariaDb());
        }
    }

    /** {@code mysql56_temporal_format=0}: what tables of MariaDB 5.5 and 10.0 still have. */
    @Test
    void oldTemporalFormatsAreTheSameCopiedAndStreamed() throws Exception {
        try (var fixture = new ValueFixture(url)) {
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
        var type = ValueCase.text(TypeKind.LONGTEXT, -1, "utf8mb4");
        Object[] pairs = Stream.of("{\"a\":  [1,2]}", "1.50", "\"ü\"")
                .flatMap(json -> Stream.of("'" + json + "'", json))
                .toArray();
        try (var fixture = new ValueFixture(url)) {
            fixture.checkCopyEqualsStreamEqualsExpected(List.of(ValueCase.of("JSON", type, pairs)));
        }
    }

    @Test
    void updatesAndDeletesCarryBothImagesAndKeyChanges() throws Exception {
        try (var fixture = new ValueFixture(url)) {
            ImageStory.play(fixture);
        }
    }

    @Test
    void generatedColumnsAreInTheImages() throws Exception {
        try (var fixture = new ValueFixture(url)) {
            ImageStory.playGenerated(fixture, "");
        }
    }
}
