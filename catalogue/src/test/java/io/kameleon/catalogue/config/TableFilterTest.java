package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.table.TableId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F37: allow-list, deny-list and regular expressions. */
class TableFilterTest {
    @TempDir
    Path directory;

    @Test
    void withoutListsEveryTableOfAMappedSchemaIsIn() {
        TableFilter filter = filter("");

        assertThat(filter.includes(new TableId("shop", "orders"))).isTrue();
        assertThat(filter.includes(new TableId("Shop", "orders"))).isFalse();
        assertThat(filter.includes(new TableId("other", "orders"))).isFalse();
        assertThat(filter.destinationSchema("shop")).contains("shop_copy");
        assertThat(filter.destinationSchema("other")).isEmpty();
    }

    @Test
    void aNameInLimitTablesLimitsItsOwnSchemaOnly() {
        TableFilter filter = filter("limit_tables: [shop.orders]");

        assertThat(filter.includes(new TableId("shop", "orders"))).isTrue();
        assertThat(filter.includes(new TableId("shop", "orders2"))).isFalse();
        assertThat(filter.includes(new TableId("crm", "person"))).isTrue();
    }

    @Test
    void aRegularExpressionInLimitTablesLimitsEverySchema() {
        TableFilter filter = filter("limit_tables: ['/shop\\.o.*/']");

        assertThat(filter.includes(new TableId("shop", "orders"))).isTrue();
        assertThat(filter.includes(new TableId("shop", "to"))).isFalse();
        assertThat(filter.includes(new TableId("crm", "person"))).isFalse();
    }

    @Test
    void skipTablesGoesBeforeLimitTables() {
        TableFilter filter =
                filter("limit_tables: [shop.orders, shop.items]\n    skip_tables: [shop.orders, '/.*_old/']");

        assertThat(filter.includes(new TableId("shop", "orders"))).isFalse();
        assertThat(filter.includes(new TableId("shop", "items"))).isTrue();
        assertThat(filter.includes(new TableId("crm", "person_old"))).isFalse();
    }

    /** F65: names with dots. */
    @Test
    void namesWithDotsAreMatchedWhole() {
        TableFilter filter = filter("limit_tables: [shop.archive.orders]");

        assertThat(filter.includes(new TableId("shop.archive", "orders"))).isTrue();
        assertThat(filter.includes(new TableId("shop.archive", "items"))).isFalse();
        assertThat(filter.includes(new TableId("shop", "orders"))).isTrue();
    }

    @Test
    void anEntryOutsideTheMappingsIsNoted() {
        KameleonConfig config = load("skip_tables: [warehouse.stock]");

        assertThat(config.notes())
                .singleElement()
                .hasToString(
                        "line 6, sources.s.skip_tables: 'warehouse.stock' is in no schema of schema_mappings and has"
                                + " no effect.");
    }

    private TableFilter filter(String lists) {
        return TableFilter.of(load(lists).source("s"));
    }

    private KameleonConfig load(String lists) {
        return new ConfigText(directory)
                .load(ConfigText.DESTINATION
                        + "sources:\n  s:\n    db_conn: {user: m}\n"
                        + "    schema_mappings: {shop: shop_copy, crm: crm, shop.archive: archive}\n    " + lists
                        + "\n");
    }
}
