package io.kameleon.replay.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.TableDefinition;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Any version of a table becomes any other, with a row in it: no statement fails, the structure is that of a table made anew,
 * and the row is there unless the table is to be copied again. More runs with {@code -Dkameleon.alter.runs=N
 * -Dkameleon.alter.seed=N}.
 */
class RandomAlterIT {
    private static final int RUNS = Integer.getInteger("kameleon.alter.runs", 150);
    private static final long SEED = Long.getLong("kameleon.alter.seed", 1);

    private static PostgresFixture postgres;
    private final DdlWriter ddl = new DdlWriter(TypeMapping.lossless(), OptionalInt.empty());
    private final SchemaChangeWriter writer = new SchemaChangeWriter(ddl, Map.of("shop", "live"));

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = new PostgresFixture();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        postgres.close();
    }

    @Test
    void everyVersionBecomesEveryOther() throws SQLException {
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            alterTwice(seed);
        }
    }

    private void alterTwice(long seed) throws SQLException {
        var random = new RandomTables(seed);
        postgres.newSchema("live");
        TableDefinition table = random.table("t");
        postgres.run(ddl.create(table, "live").all());
        postgres.run("INSERT INTO live.t VALUES (" + String.join(", ", random.row(table)) + ")");
        for (int step = 0; step < 2; step++) {
            Altered change = random.alter(table);
            ChangeStatements statements = writer.write(change, StatementTime.ofHeader(1_600_000_000));
            apply(seed, statements.statements());
            table = change.after();
            assertStructure(seed, table, statements);
            if (statements.needsResync()) {
                break;
            }
            assertThat(postgres.rows("SELECT count(*) FROM " + DdlWriter.qualifiedName(table, "live")))
                    .describedAs("rows, seed %d", seed)
                    .containsExactly("1");
        }
    }

    private static void apply(long seed, List<String> statements) throws SQLException {
        try {
            postgres.runInTransaction(statements);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getCause() + "\n" + String.join(";\n", statements), e);
        }
    }

    private void assertStructure(long seed, TableDefinition table, ChangeStatements statements) throws SQLException {
        List<String> altered = postgres.structure("live");
        postgres.newSchema("fresh");
        postgres.run(ddl.create(table, "fresh").all());
        assertThat(altered)
                .describedAs("structure, seed %d: %s", seed, String.join(";\n", statements.statements()))
                .isEqualTo(postgres.structure("fresh"));
    }
}
