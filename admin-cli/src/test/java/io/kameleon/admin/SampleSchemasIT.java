package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.TableId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The features of the sample schemas that everybody tries first: copied, streamed and compared. */
class SampleSchemasIT {
    private static final List<String> TABLES = List.of(
            "film", "film_text", "actor", "film_actor", "payment", "employees", "titles", "audit", "departments");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void tablesWithTriggersViewsRoutinesFulltextYearsSetsAndPartitionsComeAcross(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            String[] parts = script().split("-- stream\n");
            rig.createSchema();
            run(rig, parts[0]);
            try (StatementRig servers = StatementRig.onSchema(rig)) {
                String checked = rig.kameleon("check_source", "--source", ReplicaRig.SOURCE)
                        .out();
                assertThat(checked)
                        .contains("2 view(s) are not replicated", "2 routine(s) are not replicated")
                        .contains("generated columns become plain ones, filled by the source: full_name")
                        .contains(rig.source().schema() + ".audit", "it has no primary key");
                servers.await(1);
                run(rig, parts[1]);
                servers.await(2);
                List<TableId> tables = TABLES.stream()
                        .map(name -> new TableId(rig.source().schema(), name))
                        .toList();
                assertThat(servers.differences(tables)).isEmpty();
                assertThat(rig.destinationValue("SELECT count(*) FROM " + ReplicaRig.DESTINATION + ".payment"))
                        .as("payments: one of 2023 went with its partition")
                        .isEqualTo("3");
            }
        }
    }

    private static void run(ReplicaRig rig, String statements) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements.split("(?m)^//\n")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static String script() throws IOException {
        try (InputStream in = SampleSchemasIT.class.getResourceAsStream("sample-schemas.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf("CREATE TABLE"));
        }
    }
}
