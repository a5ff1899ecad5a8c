package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import org.junit.jupiter.api.Test;

class ShowCreateParserTest {
    private static final TableId ID = new TableId("shop", "orders");

    @Test
    void mysql57() {
        TableDefinition table = parse("5.7.44-log", """
                CREATE TABLE `orders` (
                  `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
                  `flag` tinyint(1) DEFAULT '0',
                  `name` varchar(20) CHARACTER SET utf8 DEFAULT NULL COMMENT 'it''s; `x`',
                  `at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
                  `total` decimal(10,2) GENERATED ALWAYS AS ((`id` * 2)) STORED,
                  PRIMARY KEY (`id`),
                  KEY `n` (`name`(5)) USING BTREE
                ) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COMMENT='all, of it'
                /*!50100 PARTITION BY HASH (id)
                PARTITIONS 4 */""");
        assertThat(table.columns())
                .extracting(c -> c.type().declared())
                .containsExactly("int unsigned", "tinyint(1)", "varchar(20)", "timestamp", "decimal(10,2)");
        assertThat(table.collation()).isEqualTo("utf8mb4_general_ci");
        assertThat(table.columns().get(2).type().charset()).isEqualTo("utf8mb3");
        assertThat(table.columns().get(2).comment()).isEqualTo("it's; `x`");
        assertThat(table.columns().get(4).generated()).isTrue();
        assertThat(table.comment()).isEqualTo("all, of it");
        assertThat(table.indexes().get(0).parts().get(0).prefixLength()).isEqualTo(5);
    }

    @Test
    void mysql9() {
        TableDefinition table = parse("9.7.0", """
                CREATE TABLE `orders` (
                  `my_row_id` bigint unsigned NOT NULL AUTO_INCREMENT /*!80023 INVISIBLE */,
                  `v` vector(3) DEFAULT NULL,
                  `p` point NOT NULL /*!80003 SRID 4326 */,
                  `j` json DEFAULT NULL /* plain */,
                  `u` varchar(36) DEFAULT (uuid()),
                  PRIMARY KEY (`my_row_id`),
                  SPATIAL KEY `sp` (`p`),
                  KEY `fn` ((lower(`u`))) /*!80000 INVISIBLE */,
                  CONSTRAINT `c` CHECK ((`u` <> _utf8mb4')')) /*!80016 NOT ENFORCED */
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
                /*!50100 TABLESPACE `innodb_system` */ /*T![placement] x */""");
        assertThat(table.columns().get(0).invisible()).isTrue();
        assertThat(table.columns())
                .extracting(c -> c.type().kind())
                .containsExactly(TypeKind.BIGINT, TypeKind.VECTOR, TypeKind.GEOMETRY, TypeKind.JSON, TypeKind.VARCHAR);
        assertThat(table.indexes())
                .extracting(IndexDefinition::kind)
                .containsExactly(IndexDefinition.Kind.SPATIAL, IndexDefinition.Kind.PLAIN);
        assertThat(table.indexes().get(1).parts().get(0).expression()).isEqualTo("lower(`u`)");
    }

    @Test
    void mariaDb() {
        TableDefinition table = parse("11.4.5-MariaDB", """
                CREATE TABLE `orders` (
                  `id` uuid NOT NULL DEFAULT uuid(),
                  `ip` inet6 DEFAULT NULL,
                  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
                  `c` varchar(100) /*M!100301 COMPRESSED*/ DEFAULT NULL,
                  `i` int(11) NOT NULL DEFAULT current_timestamp(),
                  `h` int(11) INVISIBLE DEFAULT 4,
                  `g` int(11) GENERATED ALWAYS AS (`i` + 1) VIRTUAL,
                  PRIMARY KEY (`id`) USING BTREE,
                  CONSTRAINT `fk` FOREIGN KEY (`i`) REFERENCES `other`.`x` (`id`) ON DELETE SET NULL ON UPDATE NO ACTION
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci PAGE_COMPRESSED=1 `encrypted`=no
                 PARTITION BY RANGE (`i`)
                (PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB)""");
        assertThat(table.columns())
                .extracting(ColumnDefinition::name)
                .containsExactly("id", "ip", "j", "c", "i", "h", "g");
        assertThat(table.columns().get(2).type().collation()).isEqualTo("utf8mb4_bin");
        assertThat(table.foreignKeys().get(0).referenced()).isEqualTo(new TableId("other", "x"));
    }

    @Test
    void theServersOwnDefaultCollationsGoFirst() {
        var dialect = ServerDialect.of("8.4.0");
        var charsets = Charsets.of(dialect, java.util.Map.of("utf8mb4", "utf8mb4_general_ci"), "latin1_swedish_ci");
        TableDefinition table = new ShowCreateParser(dialect, NameCase.SENSITIVE, charsets)
                .parse(ID, "CREATE TABLE `x` (`a` varchar(3) CHARACTER SET utf8mb4) DEFAULT CHARSET=latin1");
        assertThat(table.columns().get(0).type().collation()).isEqualTo("utf8mb4_general_ci");
        assertThat(table.id()).isEqualTo(ID);
    }

    @Test
    void whatIsNoTableOrNotKnownIsRefusedWithTheTable() {
        assertThatThrownBy(() -> parse("8.4.0", "CREATE TABLE `orders` (`a` frob(3))"))
                .isInstanceOf(ReplicationException.class)
                .hasMessage(
                        "STATEMENT_UNSUPPORTED: The definition of the table cannot be read: the statement is not understood"
                                + " at 'frob', character 28 {table=shop.orders}. Leave the table out with skip_tables.");
        assertThatThrownBy(() -> parse("8.4.0", "CREATE ALGORITHM=UNDEFINED VIEW `orders` AS select 1"))
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.STATEMENT_UNSUPPORTED));
    }

    private static TableDefinition parse(String version, String text) {
        var dialect = ServerDialect.of(version);
        return new ShowCreateParser(dialect, NameCase.SENSITIVE, Charsets.of(dialect)).parse(ID, text);
    }
}
