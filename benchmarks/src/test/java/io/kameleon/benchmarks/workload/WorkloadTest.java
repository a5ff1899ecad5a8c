package io.kameleon.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void theSameSeedGivesTheSameStatements() throws SQLException {
        for (Workload workload : List.of(
                InsertWorkload.scaled(0.002, 7), MixedWorkload.scaled(0.002, 7), CopyWorkload.scaled(0.0005, 7))) {
            assertThat(RecordedSql.of(workload)).as(workload.name()).isEqualTo(RecordedSql.of(workload));
        }
        assertThat(RecordedSql.of(InsertWorkload.scaled(0.002, 8)))
                .isNotEqualTo(RecordedSql.of(InsertWorkload.scaled(0.002, 7)));
    }

    @Test
    void insertsComeInTransactionsOfAHundredForBothTables() throws SQLException {
        var workload = InsertWorkload.scaled(0.001, 1);
        String sql = RecordedSql.of(workload);
        assertThat(workload.changes()).isEqualTo(1000);
        assertThat(count(sql, "COMMIT;")).isEqualTo(10);
        assertThat(count(sql, "INSERT INTO narrow VALUES ")).isEqualTo(10);
        assertThat(count(sql, "INSERT INTO wide VALUES ")).isEqualTo(10);
        assertThat(workload.tables().get(0).columns()).hasSize(4);
        assertThat(workload.tables().get(1).columns()).hasSize(20);
    }

    @Test
    void mixedChangesAreInTheirProportionsAndEndWithAnInsertIntoEachTable() throws SQLException {
        var workload = MixedWorkload.scaled(0.02, 1);
        String sql = RecordedSql.of(workload);
        long inserts = count(sql, "INSERT INTO");
        long updates = count(sql, "UPDATE t");
        long deletes = count(sql, "DELETE FROM");
        assertThat(inserts + updates + deletes).isEqualTo(workload.changes()).isEqualTo(10_000);
        assertThat(inserts).isBetween(3800L, 4300L);
        assertThat(updates).isBetween(3700L, 4200L);
        assertThat(deletes).isBetween(1700L, 2200L);
        assertThat(count(sql, "COMMIT;")).isEqualTo(2000);
        String end = sql.substring(sql.lastIndexOf("INSERT INTO t9"));
        assertThat(end).startsWith("INSERT INTO t9 VALUES (").contains("," + workload.changes() + ",");
    }

    @Test
    void rowsOfAGrowthRunAreSpreadOverAllTables() throws SQLException {
        var workload = new GrowthWorkload("TABLES", 25, 10, 4, 7, 1);
        String sql = RecordedSql.of(workload);
        assertThat(count(sql, "INSERT INTO")).isEqualTo(25);
        assertThat(count(sql, "COMMIT;")).isEqualTo(4);
        assertThat(workload.tables().stream().mapToLong(BenchTable::changes).sum())
                .isEqualTo(25);
        for (BenchTable table : workload.tables()) {
            assertThat(count(sql, "INSERT INTO " + table.name() + " VALUES (")).isEqualTo(table.changes());
        }
        assertThat(workload.progressTables()).extracting(BenchTable::name).containsExactly("g0", "g9");
    }

    @Test
    void aTransactionOfAGrowthRunMayHoldAllRows() throws SQLException {
        String sql = RecordedSql.of(new GrowthWorkload("TRANSACTION", 105, 1, 4, 1000, 1));
        assertThat(count(sql, "COMMIT;")).isEqualTo(1);
        assertThat(count(sql, "INSERT INTO g0")).isEqualTo(11);
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new InsertWorkload(10, 100, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MixedWorkload(101, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long count(String sql, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(sql).results().count();
    }
}
