package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form of statement in every spelling, streamed, with structure and rows of both sides compared after each statement (F24
 * to F30, F48, F66). The forms run side by side, on tables of their own: all first statements, then all second ones.
 */
class StatementFormsIT {
    /** Only forms of this number, for a closer look; 0 for all. */
    private static final int ONLY = Integer.getInteger("kameleon.it.form", 0);

    /** Otherwise each form in plain spelling and in some of the others, in turn. */
    private static final boolean ALL_SPELLINGS = Boolean.getBoolean("kameleon.it.spellings.all");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void eachFormInEachSpellingLeavesBothSidesEqual(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory);
                StatementRig servers = StatementRig.start(rig)) {
            List<FormRun> runs = runs(kind, servers);
            for (int round = 1; runs.stream().anyMatch(FormRun::hasNext); round++) {
                List<FormRun> active = runs.stream().filter(FormRun::hasNext).toList();
                active.forEach(FormRun::runNext);
                servers.await(round);
                servers.check(active);
            }
            FormResults.write(kind, runs);
            dropsTheTablesOfADatabase(rig, servers);
            assertThat(runs.stream().flatMap(run -> run.failures().stream().map(f -> run + "\n" + f)))
                    .isEmpty();
        }
    }

    /** Form 58: the tables go, the schema stays. */
    private static void dropsTheTablesOfADatabase(ReplicaRig rig, StatementRig servers) throws SQLException {
        String other = ReplicaRig.DESTINATION + "_other";
        rig.onSource("DROP DATABASE " + servers.schemas().get("odb"));
        servers.await(Integer.MAX_VALUE);
        assertThat(rig.destinationValue("SELECT count(*) FROM pg_tables WHERE schemaname = '" + other + "'"))
                .as("tables of the dropped database")
                .isEqualTo("0");
        assertThat(rig.destinationValue("SELECT to_regnamespace('" + other + "')"))
                .isEqualTo(other);
    }

    private static List<FormRun> runs(SourceKind kind, StatementRig servers) throws SQLException {
        var runs = new ArrayList<FormRun>();
        for (StatementForm form : StatementForm.all()) {
            for (Spelling spelling : Spelling.values()) {
                boolean plain = spelling == Spelling.PLAIN;
                boolean fits = form.isFor(kind) && (plain || !form.plainOnly());
                // MariaDB itself shows a backtick in a foreign key's table as if it ended the name.
                boolean misquoted = kind == SourceKind.MARIADB
                        && spelling == Spelling.HOSTILE
                        && form.steps().stream().anyMatch(s -> s.text().contains("REFERENCES"));
                boolean quotesSet = spelling == Spelling.ANSI
                        && form.steps().stream().anyMatch(s -> s.text().contains("sql_mode"));
                boolean due = ALL_SPELLINGS || plain || (runs.size() + spelling.ordinal()) % 3 == 0;
                if (fits && due && !quotesSet && !misquoted && (ONLY == 0 || ONLY == form.number())) {
                    Connection session = servers.session(spelling, form.changesSession());
                    runs.add(new FormRun(form, spelling, kind, servers.schemas(), runs.size() + 1, session));
                }
            }
        }
        return runs;
    }
}
