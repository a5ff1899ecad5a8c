package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Method;
import org.junit.jupiter.api.Test;

/** Which rows go away with a partition (F30). */
class PartitionsTest {
    private final Tracked shop = Tracked.on(Tracked.MYSQL);

    @Test
    void aRangePartitionHoldsTheRowsBetweenItsNeighboursBoundAndItsOwn() {
        shop.apply(
                "CREATE TABLE p (id int, KEY (id)) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,"
                        + " PARTITION p1 VALUES LESS THAN (-1 ) COMMENT = 'x', PARTITION p2 VALUES LESS THAN MAXVALUE)");
        assertThat(shop.apply("ALTER TABLE p TRUNCATE PARTITION p1"))
                .isEqualTo("rows of shop.p gone [Between[columns=[id], from=[Value[kind=NUMBER, text=10]],"
                        + " to=[Value[kind=NUMBER, text=-1]]]]");
        assertThat(shop.apply("ALTER TABLE p DROP PARTITION P0"))
                .isEqualTo("rows of shop.p gone [Between[columns=[id], from=[], to=[Value[kind=NUMBER, text=10]]]]");
        assertThat(shop.apply("ALTER TABLE p DROP PARTITION p2"))
                .isEqualTo("rows of shop.p gone [Between[columns=[id], from=[Value[kind=NUMBER, text=-1]], to=[]]]");
        assertThat(shop.table("p").partitioning().partitions()).hasSize(1);
    }

    @Test
    void functionsOfDatesBecomeBoundsOfTheColumn() {
        shop.apply(
                "CREATE TABLE p (d date) PARTITION BY RANGE (TO_DAYS(d)) (PARTITION a VALUES LESS THAN (TO_DAYS('2020-01-01')),"
                        + " PARTITION b VALUES LESS THAN (738156))");
        assertThat(shop.apply("ALTER TABLE p DROP PARTITION b"))
                .contains("from=[Value[kind=TEXT, text=2020-01-01]], to=[Value[kind=TEXT, text=2021-01-01]]");
        shop.apply("CREATE TABLE q (d datetime) PARTITION BY RANGE (YEAR(`d`)) (PARTITION a VALUES LESS THAN (2020))");
        assertThat(shop.apply("ALTER TABLE q TRUNCATE PARTITION a")).contains("to=[Value[kind=TEXT, text=2020-01-01]]");
    }

    @Test
    void partitionsAreFollowedThroughEveryClause() {
        shop.apply("CREATE TABLE p (a int, b int) PARTITION BY LIST (a) SUBPARTITION BY HASH (b) SUBPARTITIONS 2"
                + " (PARTITION x VALUES IN (1, 2), PARTITION y VALUES IN (NULL) (SUBPARTITION s1, SUBPARTITION s2))");
        shop.apply("ALTER TABLE p ADD PARTITION (PARTITION z VALUES IN (5, 6) MAX_ROWS = 5)");
        shop.apply(
                "ALTER TABLE p REORGANIZE PARTITION x, z INTO (PARTITION v VALUES IN (1), PARTITION w VALUES IN (2, 5, 6))");
        assertThat(names("p")).isEqualTo("[v, w, y]");
        assertThat(shop.apply("ALTER TABLE p DROP PARTITION y, v"))
                .contains("tuples=[[Value[kind=NULL, text=]]]", "tuples=[[Value[kind=NUMBER, text=1]]]");
        assertThat(names("p")).isEqualTo("[w]");
        shop.apply("ALTER TABLE p PARTITION BY KEY ALGORITHM = 2 (a) PARTITIONS 3");
        assertThat(shop.table("p").partitioning()).isEqualTo(Partitioning.OPAQUE);
        assertThat(shop.apply("ALTER TABLE p TRUNCATE PARTITION p1")).isEqualTo("altered shop.p resync");
        shop.apply("ALTER TABLE p REMOVE PARTITIONING");
        assertThat(shop.table("p").partitioning().method()).isEqualTo(Method.NONE);
    }

    @Test
    void whereTheSourceDecidesThePartitionTheTableHasToBeCopiedAgain() {
        shop.apply("CREATE TABLE p (a varchar(9)) PARTITION BY RANGE COLUMNS (a) (PARTITION x VALUES LESS THAN ('m'))");
        assertThat(shop.apply("ALTER TABLE p DROP PARTITION x")).isEqualTo("altered shop.p resync");
        shop.apply("CREATE TABLE q (a int) PARTITION BY RANGE (a * 2) (PARTITION x VALUES LESS THAN (5))");
        assertThat(shop.apply("ALTER TABLE q DROP PARTITION x")).isEqualTo("altered shop.q resync");
        shop.apply("CREATE TABLE r (a int) PARTITION BY RANGE (a) (PARTITION x VALUES LESS THAN (1 + 2))");
        assertThat(shop.apply("ALTER TABLE r DROP PARTITION x")).isEqualTo("altered shop.r resync");
    }

    private String names(String table) {
        return shop.table(table).partitioning().partitions().stream()
                .map(Partitioning.Partition::name)
                .toList()
                .toString();
    }
}
