package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.ddl.Classified.DatabaseDdl;
import io.kameleon.reader.ddl.Classified.Dml;
import io.kameleon.reader.ddl.Classified.Ignored;
import io.kameleon.reader.ddl.Classified.TableDdl;
import io.kameleon.reader.ddl.Classified.TransactionControl;
import io.kameleon.reader.ddl.Classified.TransactionControl.Verb;
import io.kameleon.reader.ddl.Classified.Unknown;
import io.kameleon.schemas.table.TableId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementClassifierTest {
    private static final StatementClassifier MYSQL = new StatementClassifier(Tracked.MYSQL, NameCase.SENSITIVE);
    private static final StatementClassifier MARIADB = new StatementClassifier(Tracked.MARIADB, NameCase.SENSITIVE);

    @ParameterizedTest
    @CsvSource({
        "BEGIN,BEGIN",
        "begin,BEGIN",
        "START TRANSACTION,BEGIN",
        "COMMIT,COMMIT",
        "ROLLBACK,ROLLBACK",
        "ROLLBACK WORK TO `x`,ROLLBACK_TO_SAVEPOINT",
        "ROLLBACK TO SAVEPOINT x,ROLLBACK_TO_SAVEPOINT",
        "SAVEPOINT `a b`,SAVEPOINT",
        "RELEASE SAVEPOINT x,RELEASE_SAVEPOINT",
        "XA START X'61',XA_START",
        "XA END X'61',XA_END",
        "XA PREPARE X'61',XA_PREPARE",
        "XA COMMIT X'61' ONE PHASE,XA_COMMIT",
        "XA ROLLBACK 'a',XA_ROLLBACK"
    })
    void transactionBoundsAreTold(String statement, Verb verb) {
        assertThat(mysql(statement))
                .isInstanceOfSatisfying(TransactionControl.class, control -> assertThat(control.verb())
                        .isEqualTo(verb));
    }

    @Test
    void anXaTransactionHasOneNameInAllItsStatements() {
        TransactionControl start = (TransactionControl) mysql("XA START X'61',X'',1");
        assertThat(start.name()).isEqualTo("61,,1");
        assertThat(mysql("XA END X'61',X'',1")).isEqualTo(new TransactionControl(Verb.XA_END, start.name()));
        assertThat(mysql("XA COMMIT X'61',X'',1 ONE PHASE"))
                .isEqualTo(new TransactionControl(Verb.XA_COMMIT, start.name()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT 1",
                "CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY DEFINER VIEW v AS SELECT 1",
                "ALTER VIEW v AS SELECT 1",
                "DROP VIEW IF EXISTS v",
                "CREATE DEFINER=`root`@`localhost` TRIGGER x BEFORE INSERT ON t"
                        + " FOR EACH ROW BEGIN SET NEW.a = 1; DROP TABLE t; END",
                "CREATE PROCEDURE p() BEGIN CREATE TABLE t (a int); END",
                "CREATE FUNCTION f() RETURNS INT RETURN 1",
                "CREATE AGGREGATE FUNCTION f RETURNS STRING SONAME 'x.so'",
                "DROP EVENT e",
                "CREATE USER 'a'@'%' IDENTIFIED BY 'x'",
                "ALTER USER a IDENTIFIED WITH mysql_native_password AS '*'",
                "GRANT ALL ON *.* TO a",
                "REVOKE ALL ON *.* FROM a",
                "SET PASSWORD FOR a = 'x'",
                "SET DEFAULT ROLE x TO y",
                "DROP ROLE r",
                "RENAME USER a TO b",
                "CREATE SEQUENCE q",
                "ALTER SEQUENCE q RESTART 5",
                "DROP SEQUENCE q",
                "ANALYZE TABLE t",
                "OPTIMIZE TABLE t",
                "REPAIR TABLE t",
                "CHECK TABLE t",
                "FLUSH TABLE t",
                "RESET BINARY LOGS AND GTIDS",
                "PURGE BINARY LOGS TO 'x'",
                "INSTALL PLUGIN p SONAME 'x'",
                "UNINSTALL COMPONENT 'x'",
                "CREATE SERVER s FOREIGN DATA WRAPPER mysql",
                "CREATE TABLESPACE ts ADD DATAFILE 'x'",
                "CREATE UNDO TABLESPACE u ADD DATAFILE 'x'",
                "CREATE LOGFILE GROUP g ADD UNDOFILE 'x'",
                "CREATE RESOURCE GROUP g TYPE = USER",
                "CREATE SPATIAL REFERENCE SYSTEM 4120 NAME 'x'",
                "SET @a = 1",
                "CREATE TEMPORARY TABLE t (a int)",
                "CREATE OR REPLACE TEMPORARY TABLE t (a int)",
                "DROP TEMPORARY TABLE IF EXISTS t",
                "CREATE PACKAGE BODY p AS END",
                "# Dummy event replacing a skipped one",
                "",
                "/* only a comment */"
            })
    void statementsWithoutEffectOnReplicatedRowsAreIgnored(String statement) {
        assertThat(mysql(statement)).isInstanceOf(Ignored.class);
        assertThat(MARIADB.classify(statement, "shop", SqlMode.NONE)).isInstanceOf(Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int)",
                "create table if not exists t like x",
                "CREATE OR REPLACE TABLE t (a int)",
                "DROP TABLE IF EXISTS `t` /* generated by server */",
                "TRUNCATE t",
                "TRUNCATE TABLE t",
                "ALTER TABLE t ADD b int",
                "ALTER ONLINE IGNORE TABLE t ADD b int",
                "ALTER TABLE IF EXISTS t ADD b int",
                "CREATE INDEX i ON t (a)",
                "CREATE OR REPLACE UNIQUE INDEX i USING BTREE ON t (a)",
                "DROP INDEX i ON t",
                "CREATE /* a */ TABLE -- b\n t # c\n (a int)",
                "/*!40000 ALTER TABLE `t` DISABLE KEYS */",
                "CREATE TABLE/*!32312 IF NOT EXISTS*/ `t` (a int)",
                "CREATE\n\tTABLE\r\n`t`(a int)",
                "CREATE TABLE `shop` . `t` (a int)",
                "CREATE TABLE .t (a int)",
                "ALTER TABLE t RENAME COLUMN a TO b, RENAME KEY x TO y"
            })
    void theTableOfAStatementIsFoundHoweverItIsWritten(String statement) {
        assertThat(mysql(statement)).isEqualTo(new TableDdl(List.of(id("shop", "t"))));
    }

    /** F27 */
    @Test
    void namesAreResolvedAgainstTheDefaultDatabaseOneByOne() {
        assertThat(MYSQL.classify("DROP TABLE a, app.b, `c``d`.`e.f`", "other", SqlMode.NONE))
                .isEqualTo(new TableDdl(List.of(id("other", "a"), id("app", "b"), id("c`d", "e.f"))));
        assertThat(mysql("RENAME TABLE a TO x.b, x.b TO c"))
                .isEqualTo(new TableDdl(List.of(id("shop", "a"), id("x", "b"), id("shop", "c"))));
        assertThat(mysql("ALTER TABLE a DROP b, RENAME TO z.y"))
                .isEqualTo(new TableDdl(List.of(id("shop", "a"), id("z", "y"))));
        assertThat(mysql("ALTER TABLE a EXCHANGE PARTITION p WITH TABLE b"))
                .isEqualTo(new TableDdl(List.of(id("shop", "a"), id("shop", "b"))));
    }

    /** F26 */
    @Test
    void doubleQuotesAreNamesOnlyUnderAnsiQuotes() {
        String statement = "CREATE TABLE \"my\"\"t\" (a int)";
        assertThat(MYSQL.classify(statement, "shop", SqlMode.NONE.withAnsiQuotes()))
                .isEqualTo(new TableDdl(List.of(id("shop", "my\"t"))));
        assertThat(mysql(statement)).isEqualTo(new TableDdl(List.of()));
    }

    @Test
    void executableCommentsCountOnlyOnTheServerThatExecutesThem() {
        assertThat(mysql("/*!99999 DROP TABLE t */")).isInstanceOf(Ignored.class);
        assertThat(mysql("/*M! DROP TABLE t */")).isInstanceOf(Ignored.class);
        assertThat(MARIADB.classify("/*M!100100 DROP TABLE t */", "shop", SqlMode.NONE))
                .isInstanceOf(TableDdl.class);
        assertThat(MARIADB.classify("/*!80000 DROP TABLE t */", "shop", SqlMode.NONE))
                .isInstanceOf(Ignored.class);
        assertThat(mysql("/*!80000 DROP /* x */ TABLE t */")).isInstanceOf(TableDdl.class);
    }

    @Test
    void namesFollowLowerCaseTableNames() {
        var lowered = new StatementClassifier(Tracked.MYSQL, NameCase.LOWERED);
        assertThat(lowered.classify("DROP TABLE Shop.T", "X", SqlMode.NONE))
                .isEqualTo(new TableDdl(List.of(id("shop", "t"))));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE DATABASE IF NOT EXISTS d CHARACTER SET latin1,d", "CREATE OR REPLACE SCHEMA d,d",
                "DROP SCHEMA IF EXISTS `d`,d",
        "ALTER DATABASE d COLLATE utf8mb4_bin,d", "ALTER DATABASE CHARACTER SET = latin1,shop",
                "ALTER SCHEMA READ ONLY = 1,shop"
    })
    void databasesAreNamed(String statement, String database) {
        assertThat(mysql(statement)).isEqualTo(new DatabaseDdl(database));
    }

    /** F66 of the statement forms: rows changed by statement in a log in row format. */
    @Test
    void rowsChangedByStatementNameTheirTables() {
        Stream.of(
                        "INSERT IGNORE INTO t VALUES (1)",
                        "REPLACE t SET a = 1",
                        "UPDATE LOW_PRIORITY t SET a = (SELECT 1 FROM x)",
                        "DELETE FROM t",
                        "LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE t FIELDS TERMINATED BY ','")
                .forEach(s -> assertThat(mysql(s)).as(s).isEqualTo(new Dml(List.of(id("shop", "t")))));
        assertThat(mysql("UPDATE a JOIN (b, x.c) USING (id) SET a.v = 1"))
                .isEqualTo(new Dml(List.of(id("shop", "a"), id("shop", "b"), id("x", "c"))));
        assertThat(mysql("CALL p()")).isEqualTo(new Dml(List.of()));
    }

    @Test
    void mariaDbsSetStatementIsLookedThrough() {
        assertThat(MARIADB.classify("SET STATEMENT max_statement_time=1 FOR DROP TABLE t", "shop", SqlMode.NONE))
                .isEqualTo(new TableDdl(List.of(id("shop", "t"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROBNICATE t",
                "'CREATE TABLE t'",
                "(SELECT 1)",
                "CREATE",
                "BEGIN NOT ATOMIC DROP TABLE t; END",
                "\u0000;"
            })
    void whatIsNoKnownFormIsUnknownOrEmpty(String statement) {
        assertThat(mysql(statement)).isInstanceOfAny(Unknown.class, Ignored.class);
    }

    @Test
    void timeIsLinearInTheText() {
        String nested = "CREATE TABLE t (a int DEFAULT (" + "(".repeat(500_000) + "1" + ")".repeat(500_000) + "))";
        String comments = "/*!".repeat(400_000) + "DROP TABLE t" + "*/".repeat(400_000);
        String names = "UPDATE " + "a,(".repeat(300_000) + " SET b = 1";
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> Stream.of(nested, comments, names, "`".repeat(999_999))
                .forEach(StatementClassifierTest::mysql));
    }

    private static Classified mysql(String statement) {
        return MYSQL.classify(statement, "shop", SqlMode.NONE);
    }

    private static TableId id(String schema, String table) {
        return new TableId(schema, table);
    }
}
