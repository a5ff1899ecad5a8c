package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.ddl.SessionContext.TimestampDefaults;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.change.TableChange.Unsupported;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTrackerTest {
    private final Tracked shop = Tracked.on(Tracked.MYSQL);

    @Test
    void columnsStandInTheOrderOfTheRowImage() {
        shop.apply("ALTER TABLE t ADD x int FIRST, ADD y int AFTER a, ADD z int, ADD w int FIRST, MODIFY id int FIRST");
        assertThat(shop.columns("t")).containsExactly("id", "w", "x", "a", "y", "b", "z");
    }

    @Test
    void anAlterOfSeveralClausesIsOneChangeWithTheNamesBefore() {
        Altered change =
                altered("ALTER TABLE t CHANGE a b varchar(5), CHANGE b a int, DROP id, ADD id bigint FIRST, ADD c int");
        assertThat(change.after().columns().stream().map(ColumnDefinition::name))
                .containsExactly("id", "b", "a", "c");
        assertThat(change.previousNames()).containsExactly("", "a", "b", "");
        assertThat(change.before().columns().stream().map(ColumnDefinition::name))
                .containsExactly("id", "a", "b");
    }

    @Test
    void keysFollowTheirColumns() {
        shop.apply("ALTER TABLE t ADD KEY ab (a, b), ADD KEY only_b (b)");
        shop.apply("ALTER TABLE t RENAME COLUMN a TO aa, DROP b");
        assertThat(shop.table("t").indexes())
                .extracting(IndexDefinition::name, i -> i.parts().stream()
                        .map(IndexDefinition.Part::column)
                        .toList())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("i", List.of("aa")),
                        org.assertj.core.groups.Tuple.tuple("ab", List.of("aa")));
    }

    @Test
    void columnsOfThePrimaryKeyAreNotNull() {
        shop.apply("CREATE TABLE n (a int NULL, b int, PRIMARY KEY (b, A))");
        assertThat(shop.table("n").columns()).noneMatch(ColumnDefinition::nullable);
        assertThat(shop.table("n").primaryKey()).containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOL|tinyint(1)",
                "INTEGER(5) UNSIGNED|int unsigned",
                "INT(5) ZEROFILL|int(5) unsigned zerofill",
                "SERIAL|bigint unsigned",
                "FIXED(4)|decimal(4,0)",
                "REAL|double",
                "FLOAT(30)|double",
                "NCHAR(3)|char(3)",
                "CHARACTER VARYING(9)|varchar(9)",
                "LONG VARCHAR|mediumtext",
                "LONG VARBINARY|mediumblob",
                "CHAR(3) BYTE|binary(3)",
                "TEXT CHARACTER SET binary|blob",
                "TEXT(50)|tinytext",
                "TEXT(100)|text",
                "ENUM('a','b''c')|enum('a','b''c')",
                "DATETIME(3)|datetime(3)",
                "TIMESTAMP(0)|timestamp",
                "YEAR(4)|year",
                "BIT|bit(1)",
                "GEOMETRYCOLLECTION|geomcollection",
                "DOUBLE PRECISION (7,2) UNSIGNED|double(7,2) unsigned",
                "VECTOR(3)|vector(3)",
                "JSON|json",
                "INT8|bigint"
            })
    void typesAreDeclaredAsTheServerShowsThem(String type, String declared) {
        shop.apply("CREATE TABLE n (c " + type + ")");
        assertThat(shop.table("n").columns().get(0).type().declared()).isEqualTo(declared);
    }

    @Test
    void realFollowsTheSqlMode() {
        shop.apply("CREATE TABLE n (c REAL)", SessionContext.of("shop", 0).withSqlMode(new SqlMode(1)));
        assertThat(shop.table("n").columns().get(0).type().declared()).isEqualTo("float");
    }

    @Test
    void charactersSetsAreInheritedFromDatabaseAndTable() {
        shop.apply("ALTER DATABASE CHARACTER SET latin1");
        shop.apply("CREATE TABLE n (a char(1), b char(1) COLLATE utf8mb4_bin, c char(1) CHARACTER SET utf8) ");
        assertThat(shop.table("n").charset()).isEqualTo("latin1");
        assertThat(shop.table("n").columns())
                .extracting(c -> c.type().collation())
                .containsExactly("latin1_swedish_ci", "utf8mb4_bin", "utf8mb3_general_ci");
    }

    @Test
    void theFirstBareTimestampFillsItselfWhereDefaultsAreImplicit() {
        SessionContext implicit = SessionContext.of("shop", 0).withTimestampDefaults(TimestampDefaults.IMPLICIT);
        shop.apply("CREATE TABLE n (a timestamp, b timestamp, c timestamp NULL, d timestamp DEFAULT NOW())", implicit);
        List<ColumnDefinition> columns = shop.table("n").columns();
        assertThat(columns).extracting(ColumnDefinition::nullable).containsExactly(false, false, true, false);
        assertThat(columns).extracting(ColumnDefinition::onUpdateNow).containsExactly(true, false, false, false);
        assertThat(columns.get(0).defaultValue().kind()).isEqualTo(ColumnDefault.Kind.CURRENT_TIMESTAMP);
        assertThat(columns.get(1).defaultValue().text()).isEqualTo("0000-00-00 00:00:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int DEFAULT '07'|LITERAL|7",
                "decimal(5,2) DEFAULT 1.5|LITERAL|1.50",
                "varchar(9) DEFAULT 'it''s'|LITERAL|it's",
                "bit(3) DEFAULT b'0101'|BITS|101",
                "bit(3) DEFAULT 5|BITS|101",
                "varbinary(3) DEFAULT 0xFF00|HEX|FF00",
                "datetime DEFAULT '2020-01-02'|LITERAL|2020-01-02 00:00:00",
                "datetime(3) DEFAULT (NOW(3))|CURRENT_TIMESTAMP|",
                "text DEFAULT ('x')|LITERAL|x",
                "char(36) DEFAULT (uuid())|EXPRESSION|uuid()",
                "bool DEFAULT true|LITERAL|1",
                "varchar(9) DEFAULT _utf8mb4'a' 'b'|LITERAL|ab",
                "varchar(9) DEFAULT 'a\\nb\\_'|LITERAL|a\\nb\\_"
            })
    void defaultsAreReadByTheColumnsType(String type, ColumnDefault.Kind kind, String text) {
        shop.apply("CREATE TABLE n (c " + type + ")");
        String expected = text == null ? "" : text.replace("\\n", "\n");
        assertThat(shop.table("n").columns().get(0).defaultValue()).isEqualTo(new ColumnDefault(kind, expected));
    }

    /** F24, F28 */
    @Test
    void whatIsNotUnderstoodDisablesItsTableAndForgetsItsDefinition() {
        SchemaChange change = shop.tracker
                .apply("ALTER TABLE t FROBNICATE a", SessionContext.of("shop", 7))
                .orElseThrow();
        assertThat(change.changes())
                .containsExactly(new Unsupported(
                        new TableId("shop", "t"), "the statement is not understood at 'FROBNICATE', character 15"));
        assertThat(change.timestamp()).isEqualTo(7);
        assertThat(shop.tracker.definition(new TableId("shop", "t"))).isEmpty();
        assertThat(shop.tracker.lost()).containsExactly(new TableId("shop", "t"));
        assertThat(shop.apply("ALTER TABLE t ADD z int")).isEqualTo("unsupported shop.t");
        assertThat(shop.apply("DROP TABLE t")).isEqualTo("dropped shop.t");
        assertThat(shop.apply("CREATE TABLE t (a int)")).isEqualTo("created shop.t");
    }

    @Test
    void aStatementIsFollowedWholeOrNotAtAll() {
        assertThat(shop.apply("RENAME TABLE t TO u, s TO v, nope TO w"))
                .isEqualTo("renamed shop.t shop.u, renamed shop.s shop.v, unsupported shop.w");
        assertThat(shop.apply("ALTER TABLE u ADD q int, DROP nope")).isEqualTo("unsupported shop.u");
    }

    /** F31 */
    @Test
    void aShadowTableTakesThePlaceOfTheRealOne() {
        shop.apply("CREATE TABLE _t_gho LIKE t");
        shop.apply("ALTER TABLE _t_gho ADD extra int AFTER id");
        shop.apply("RENAME TABLE t TO _t_del, _t_gho TO t");
        assertThat(shop.columns("t")).containsExactly("id", "extra", "a", "b");
        assertThat(shop.columns("_t_del")).containsExactly("id", "a", "b");
    }

    @Test
    void hostileNamesAreKeptAsTheyAre() {
        shop.apply(
                "CREATE TABLE `a.b``c'\"` (`select` int, `x,y)` int, ключ int, 1st int, `a--b` int, KEY `group by` (`x,y)`))");
        assertThat(shop.columns("a.b`c'\"")).containsExactly("select", "x,y)", "ключ", "1st", "a--b");
        assertThat(shop.apply("ALTER TABLE shop . `a.b``c'\"` DROP `x,y)`")).isEqualTo("altered shop.a.b`c'\"");
    }

    @Test
    void foreignKeysFollowTheTableTheyReferTo() {
        shop.apply(
                "CREATE TABLE child (id int PRIMARY KEY, t_id int, FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE)");
        shop.apply("ALTER TABLE t RENAME COLUMN id TO tid, RENAME TO tt");
        assertThat(shop.table("child").foreignKeys().get(0).referenced()).isEqualTo(new TableId("shop", "tt"));
        assertThat(shop.table("child").foreignKeys().get(0).referencedColumns()).containsExactly("tid");
        assertThat(shop.table("child").foreignKeys().get(0).name()).isEqualTo("child_ibfk_1");
        assertThat(shop.table("child").indexes())
                .extracting(IndexDefinition::name)
                .containsExactly("t_id");
    }

    @Test
    void namesAreComparedAsTheServerCompares() {
        Tracked lowered = Tracked.with(Tracked.MYSQL, NameCase.LOWERED);
        assertThat(lowered.apply("ALTER TABLE SHOP.T ADD z int")).isEqualTo("altered shop.t");
        assertThat(lowered.apply("CREATE TABLE Mixed (a int)")).isEqualTo("created shop.mixed");
        Tracked preserved = Tracked.with(Tracked.MYSQL, NameCase.PRESERVED);
        assertThat(preserved.apply("CREATE TABLE Mixed (a int)")).isEqualTo("created shop.Mixed");
        assertThat(preserved.apply("ALTER TABLE mixed ADD b int")).isEqualTo("altered shop.Mixed");
        assertThat(shop.apply("ALTER TABLE T ADD b int")).isEqualTo("unsupported shop.T");
    }

    @Test
    void aColumnIsFoundInAnyCase() {
        assertThat(shop.apply("ALTER TABLE t DROP COLUMN A, ADD c int AFTER ID"))
                .isEqualTo("altered shop.t");
        assertThat(shop.columns("t")).containsExactly("id", "c", "b");
    }

    private Altered altered(String statement) {
        SchemaChange change =
                shop.tracker.apply(statement, SessionContext.of("shop", 0)).orElseThrow();
        assertThat(change.changes()).hasSize(1);
        return (Altered) change.changes().get(0);
    }
}
