package io.kameleon.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides are filled by hand, so that no conversion of the replication takes part. */
class CompareTypesIT {
    private static CompareServers servers;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        servers = new CompareServers(directory);
    }

    @AfterAll
    static void stop() throws SQLException {
        servers.close();
    }

    @Test
    void numbersOfEveryTypeAreEqual() throws SQLException {
        servers.onSource("""
                CREATE TABLE numbers (id INT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT UNSIGNED,
                  z INT(8) ZEROFILL, b BIGINT, bu BIGINT UNSIGNED, d DECIMAL(65,30), f FLOAT, f2 FLOAT(9,3), dd DOUBLE,
                  d2 DOUBLE(12,4), b1 BIT(1), b33 BIT(33), b64 BIT(64), y YEAR, flag TINYINT(1), flag2 BIT(1))
                """, """
                INSERT INTO numbers VALUES
                 (1, -128, 255, -32768, 16777215, 42, -9223372036854775808, 18446744073709551615,
                  12345678901234567890123456789012345.123456789012345678901234567890, 3.4028235e38, 12345.678,
                  1.7976931348623157e308, 1234.5678, b'1', b'100000000000000000000000000000001',
                  0xFFFFFFFFFFFFFFFF, 2155, 2, b'1'),
                 (2, 127, 0, 32767, 0, 0, 9223372036854775807, 0, -0.000000000000000000000000000001, 0.1, 0.1,
                  5e-324, -0.0, b'0', 0, 0, 0, 0, b'0'),
                 (3, 0, 1, 1, 1, 1, 1, 1, 0, 16777217, -0.0, 0.1, 0.1, NULL, NULL, NULL, NULL, NULL, NULL),
                 (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1e-45, NULL, -0.0, NULL, NULL, NULL, NULL, 1901, 1, NULL)
                """);
        servers.onDestination("""
                CREATE TABLE numbers (id int PRIMARY KEY, t smallint, tu smallint, s smallint, m int, z bigint, b bigint,
                  bu numeric(20), d numeric(65,30), f real, f2 real, dd double precision, d2 double precision, b1 bit(1),
                  b33 bit(33), b64 bit(64), y smallint, flag boolean, flag2 boolean)
                """, """
                INSERT INTO numbers VALUES
                 (1, -128, 255, -32768, 16777215, 42, -9223372036854775808, 18446744073709551615,
                  12345678901234567890123456789012345.123456789012345678901234567890, 3.4028235e38, 12345.678,
                  1.7976931348623157e308, 1234.5678, b'1', b'100000000000000000000000000000001',
                  (-1)::bigint::bit(64), 2155, true, true),
                 (2, 127, 0, 32767, 0, 0, 9223372036854775807, 0, -0.000000000000000000000000000001, 0.1, 0.1,
                  5e-324, 0.0, b'0', 0::bit(33), 0::bit(64), 0, false, false),
                 (3, 0, 1, 1, 1, 1, 1, 1, 0, 16777216, 0, 0.1, 0.1, NULL, NULL, NULL, NULL, NULL, NULL),
                 (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1e-45, NULL, 0, NULL, NULL, NULL, NULL, 1901, true, NULL)
                """);

        assertEqual("numbers", 4);
    }

    @Test
    void textAndBytesOfEveryTypeAreEqual() throws SQLException {
        servers.onSource("""
                CREATE TABLE texts (k VARCHAR(40) COLLATE utf8mb4_bin PRIMARY KEY, c CHAR(5), l VARCHAR(20) CHARACTER SET latin1,
                  u VARCHAR(20) CHARACTER SET ucs2, g VARCHAR(20) CHARACTER SET gbk, t MEDIUMTEXT, b BINARY(4), vb VARBINARY(9),
                  bl LONGBLOB, id16 BINARY(16), e ENUM('x,y', 'it''s', 'é'), s SET('red', 'green', 'blue'))
                """, """
                INSERT INTO texts VALUES
                 ('a', 'ab   ', 'caf\u00e9 \u20ac', '\u4e2d', '\u4e2d\u6587', REPEAT('long ', 50000), X'01', X'', REPEAT(X'00FF', 50000),
                  X'00112233445566778899AABBCCDDEE00', 'x,y', 'blue,red'),
                 ('A', '', '', '', '', '', X'00000000', X'0001FF00', '', NULL, 'it''s', ''),
                 ('\ud83d\ude00 tail ', NULL, NULL, NULL, NULL, 'tab\t back\\\\ quote''', NULL, NULL, NULL, NULL, '\u00e9', 'green'),
                 ('null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
                """);
        servers.onDestination("CREATE TYPE e_enum AS ENUM ('', 'x,y', 'it''s', '\u00e9')", """
                CREATE TABLE texts (k varchar(40) PRIMARY KEY, c varchar(5), l varchar(20), u varchar(20), g varchar(20),
                  t text, b bytea, vb bytea, bl bytea, id16 uuid, e e_enum, s text[])
                """, """
                INSERT INTO texts VALUES
                 ('a', 'ab', 'caf\u00e9 \u20ac', '\u4e2d', '\u4e2d\u6587', repeat('long ', 50000), '\\x01000000', '',
                  decode(repeat('00ff', 50000), 'hex'), '00112233-4455-6677-8899-aabbccddee00', 'x,y', '{red,blue}'),
                 ('A', '', '', '', '', '', '\\x00000000', '\\x0001ff00', '', NULL, 'it''s', '{}'),
                 ('\ud83d\ude00 tail ', NULL, NULL, NULL, NULL, E'tab\t back\\\\ quote''', NULL, NULL, NULL, NULL, '\u00e9', '{green}'),
                 ('null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
                """);

        assertEqual("texts", 4);
    }

    @Test
    void datesAndTimesOfEveryTypeAreEqual() throws SQLException {
        servers.onSource("""
                CREATE TABLE moments (id INT PRIMARY KEY, d DATE, dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP(3) NULL,
                  t TIME, t6 TIME(6), dn DATE NOT NULL, dtn DATETIME(2) NOT NULL)
                """, """
                INSERT INTO moments VALUES
                 (1, '1000-01-01', '9999-12-31 23:59:59', '2026-03-29 02:30:00.100000', '1970-01-01 00:00:01.000',
                  '-838:59:59', '838:59:58.999999', '2024-02-29', '0001-01-01 00:00:00.10'),
                 (2, '0000-00-00', '0000-00-00', '2020-00-00', '0000-00-00', '24:00:00', '-00:00:00.000001', '0000-00-00',
                  '2020-02-30 10:00:00'),
                 (3, NULL, NULL, NULL, NULL, NULL, NULL, '9999-12-31', '2026-01-01 00:00:00')
                """);
        servers.onDestination("""
                CREATE TABLE moments (id int PRIMARY KEY, d date, dt timestamp(0), dt6 timestamp(6), ts timestamptz(3), t interval(0),
                  t6 interval(6), dn date NOT NULL, dtn timestamp(2) NOT NULL)
                """, """
                INSERT INTO moments VALUES
                 (1, '1000-01-01', '9999-12-31 23:59:59', '2026-03-29 02:30:00.1', '1970-01-01 00:00:01+00',
                  '-838:59:59', '838:59:58.999999', '2024-02-29', '0001-01-01 00:00:00.1'),
                 (2, NULL, NULL, NULL, NULL, '24:00:00', '-00:00:00.000001', '-infinity', '-infinity'),
                 (3, NULL, NULL, NULL, NULL, NULL, NULL, '9999-12-31', '2026-01-01')
                """);

        CompareReport report = assertEqual("moments", 3);

        assertThat(report.notes())
                .containsExactly(
                        "6 dates of the source are not in the calendar; they count as NULL, or as -infinity where NULL"
                                + " is not allowed");
    }

    @Test
    void jsonIsEqualByMeaning() throws SQLException {
        servers.onSource(
                "CREATE TABLE documents (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO documents VALUES (1, '{\"b\": 1.50, \"a\": [true, null, 12345678901234567890]}'), (2, '\"x\"'),"
                        + " (3, NULL), (4, '{\"n\": \"a\\\\u0000b\"}')");
        servers.onDestination(
                "CREATE TABLE documents (id int PRIMARY KEY, j jsonb)",
                "INSERT INTO documents VALUES (1, '{\"a\": [true, null, 12345678901234567890], \"b\": 1.5}'), (2, '\"x\"'),"
                        + " (3, NULL), (4, '{\"n\": \"ab\"}')");

        assertEqual("documents", 4);
    }

    @Test
    void nulCharactersAreComparedWithoutThemAndCounted() throws SQLException {
        servers.onSource(
                "CREATE TABLE nuls (id INT PRIMARY KEY, t TEXT)",
                "INSERT INTO nuls VALUES (1, CONCAT('a', CHAR(0), 'b')), (2, CHAR(0)), (3, 'ab')");
        servers.onDestination(
                "CREATE TABLE nuls (id int PRIMARY KEY, t text)",
                "INSERT INTO nuls VALUES (1, 'ab'), (2, ''), (3, 'ab')");

        CompareReport report = assertEqual("nuls", 3);

        assertThat(report.notes())
                .containsExactly("2 values have NUL characters on the source, which are compared without them");
    }

    private static CompareReport assertEqual(String table, long rows) {
        CompareReport report = servers.compare(table);
        assertThat(report.differences().listed())
                .extracting(d -> d.kind() + " " + d.key().text() + " " + d.columns())
                .isEmpty();
        assertThat(report.isEqual()).isTrue();
        assertThat(report.sourceRows()).isEqualTo(rows);
        assertThat(report.destinationRows()).isEqualTo(rows);
        assertThat(report.structure()).isEqualTo(StructureFacts.NONE);
        return report;
    }
}
