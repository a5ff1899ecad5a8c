package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.TableId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random statements, structure and rows mixed, leave both sides equal. More of them per seed with {@code -Dkameleon.it.statements=N}, others
 * with {@code -Dkameleon.it.seed=N}.
 */
class RandomStatementsIT {
    private static final int STATEMENTS = Integer.getInteger("kameleon.it.statements", 1_500);
    private static final int BETWEEN_COMPARISONS = 100;
    /** Statements that a failure shows, the latest. */
    private static final int SHOWN = 130;

    /** Every seed that has ever failed stays here. */
    private static final List<Long> SEEDS = List.of(1L, 2L);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void randomStatementsLeaveBothSidesEqual(SourceKind kind) throws Exception {
        Long given = Long.getLong("kameleon.it.seed");
        List<Long> seeds = given == null ? SEEDS : List.of(given);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory);
                StatementRig servers = StatementRig.start(rig)) {
            int round = 0;
            for (long seed : seeds) {
                round = run(kind, rig, servers, seed, round);
            }
        }
    }

    private static int run(SourceKind kind, ReplicaRig rig, StatementRig servers, long seed, int roundBefore)
            throws SQLException {
        int round = roundBefore;
        var latest = new ArrayDeque<String>();
        Set<TableId> known = new LinkedHashSet<>();
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            var generator = new StatementGenerator(seed, kind, connection);
            for (int done = 0; done < STATEMENTS; ) {
                for (int i = 0; i < BETWEEN_COMPARISONS; ) {
                    for (String sql : generator.next()) {
                        i += run(statement, sql, latest) ? 1 : 0;
                    }
                }
                done += BETWEEN_COMPARISONS;
                statement.execute("COMMIT");
                servers.await(++round);
                known.addAll(tables(rig, statement));
                compare(servers, known, latest, seed);
                dropStopped(servers, known, statement);
            }
            for (TableId table : tables(rig, statement)) {
                statement.execute("DROP TABLE " + table.name());
            }
        }
        return round;
    }

    private static boolean run(Statement statement, String sql, Deque<String> latest) {
        try {
            statement.execute(sql);
            latest.add(sql);
            if (latest.size() > SHOWN) {
                latest.remove();
            }
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private static List<TableId> tables(ReplicaRig rig, Statement statement) throws SQLException {
        var tables = new ArrayList<TableId>();
        try (ResultSet row =
                statement.executeQuery("SELECT table_name FROM information_schema.tables WHERE table_schema ="
                        + " DATABASE() AND table_name LIKE 'r%'")) {
            while (row.next()) {
                tables.add(new TableId(rig.source().schema(), row.getString(1)));
            }
        }
        return tables;
    }

    /** Tables that the stream cannot follow say so; all others are equal. */
    private static void compare(StatementRig servers, Set<TableId> known, Deque<String> latest, long seed)
            throws SQLException {
        Set<TableId> stopped = servers.reported();
        for (TableId table : stopped) {
            String reason = servers.reason(table);
            assertThat(reason)
                    .as("why %s has stopped, seed %d, after%n%s", table, seed, String.join(";\n", latest))
                    .contains("values that only the source knows");
        }
        Map<TableId, String> differences = servers.differences(
                known.stream().filter(id -> !stopped.contains(id)).toList());
        assertThat(differences)
                .as("seed %d, after%n%s", seed, String.join(";\n", latest))
                .isEmpty();
    }

    private static void dropStopped(StatementRig servers, Set<TableId> known, Statement statement) throws SQLException {
        for (TableId table : servers.reported()) {
            statement.execute("DROP TABLE IF EXISTS " + table.name());
            known.remove(table);
        }
    }
}
