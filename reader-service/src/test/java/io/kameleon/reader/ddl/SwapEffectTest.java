package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import org.junit.jupiter.api.Test;

/** What an online schema change did, by the two structures (F31). */
class SwapEffectTest {
    private static final String BEFORE = "(id int PRIMARY KEY, a int, b varchar(20), g int AS (a + 1))";

    @Test
    void constantColumnsWiderTypesAndIndexesNeedNoCopy() {
        assertThat(reason(
                        "(id bigint PRIMARY KEY, b varchar(90), a int, g int AS (a + 1), c int NOT NULL DEFAULT 3, d text NOT NULL,"
                                + " KEY (a), UNIQUE KEY (a))"))
                .isEmpty();
        assertThat(reason("(id int PRIMARY KEY, b varchar(20))")).isEmpty();
    }

    @Test
    void whatTheToolsMayHaveDoneToRowsNeedsACopy() {
        assertThat(
                        reason(
                                "(id int PRIMARY KEY, a int, b varchar(20), g int AS (a + 1), c timestamp DEFAULT CURRENT_TIMESTAMP)"))
                .contains("the time at which they were copied");
        assertThat(reason("(id int PRIMARY KEY, a int, renamed varchar(20), g int AS (a + 1))"))
                .contains("another name");
        assertThat(reason("(id int PRIMARY KEY, a int NOT NULL, b varchar(20), g int AS (a + 1))"))
                .contains("became NOT NULL");
        assertThat(reason("(id int PRIMARY KEY, a tinyint, b varchar(20), g int AS (a + 1))"))
                .contains("converted");
        assertThat(reason("(id int PRIMARY KEY, a int, b varchar(20), g int AS (a + 1), UNIQUE KEY (b))"))
                .contains("unique key");
        assertThat(reason("(id int PRIMARY KEY, a int, b varchar(20), g bigint AS (a + 1))"))
                .contains("generated column");
    }

    private static String reason(String after) {
        var shop = Tracked.on(Tracked.MYSQL);
        shop.apply("CREATE TABLE x " + BEFORE);
        shop.apply("CREATE TABLE _x_gho " + after);
        TableDefinition shadow = shop.table("_x_gho").withId(new TableId("shop", "x"));
        Altered altered = SwapEffect.of(shop.table("x"), shadow);
        assertThat(altered.previousNames()).hasSameSizeAs(altered.after().columns());
        return altered.resyncReason();
    }
}
