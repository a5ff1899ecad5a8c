package io.kameleon.reader.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitKeyTest {
    private static final ColumnDefinition ID = column("id", TypeKind.BIGINT, "");
    private static final ColumnDefinition CODE = column("code", TypeKind.VARCHAR, "latin1");
    private static final ColumnDefinition DAY = column("day", TypeKind.DATE, "");
    private static final ColumnDefinition STATE = column("state", TypeKind.ENUM, "utf8mb4");

    @Test
    void wholeTableHasNoCondition() {
        assertThat(key(ID).where(KeyRange.WHOLE)).isEmpty();
    }

    @Test
    void singleKeyIsBoundOnBothSides() {
        var range = new KeyRange(3, bound("-5"), bound("7"));
        assertThat(key(ID).where(range)).isEqualTo(" WHERE `id` > -5 AND `id` <= 7");
    }

    /** F34: not as a row constructor, which would not use the index. */
    @Test
    void compositeKeyIsWrittenOutColumnByColumn() {
        SplitKey key = key(ID, CODE, DAY);
        assertThat(key.after(bound("1", "E9", "2020-00-00")))
                .isEqualTo(
                        "`id` >= 1 AND (`id` > 1 OR (`id` = 1 AND `code` >= _latin1 X'E9' AND (`code` > _latin1 X'E9'"
                                + " OR (`code` = _latin1 X'E9' AND `day` > '2020-00-00'))))");
        assertThat(key.upTo(bound("1", "", "2020-00-00")))
                .isEqualTo("`id` <= 1 AND (`id` < 1 OR (`id` = 1 AND `code` <= _latin1 X'' AND (`code` < _latin1 X''"
                        + " OR (`code` = _latin1 X'' AND `day` <= '2020-00-00'))))");
    }

    @Test
    void leadingColumnsCutWhereALaterOneCannot() {
        assertThat(key(ID, STATE, DAY).columns()).extracting(KeyColumn::name).containsExactly("id");
        assertThat(SplitKey.of(table(List.of("state"), List.of(), STATE))).isEmpty();
    }

    @Test
    void uniqueKeyWithoutNullsStandsInForAPrimaryKey() {
        var index =
                new IndexDefinition("by`code", IndexDefinition.Kind.UNIQUE, List.of(IndexDefinition.Part.of("code")));
        SplitKey key = SplitKey.of(table(List.of(), List.of(index), ID, CODE)).orElseThrow();
        assertThat(key.forced()).isEqualTo(" FORCE INDEX (`by``code`)");
    }

    @Test
    void tableWithoutIdentityIsNotCut() {
        assertThat(SplitKey.of(table(List.of(), List.of(), ID, CODE))).isEmpty();
    }

    @Test
    void boundsComeBackFromTheirText() {
        KeyBound bound = bound("-12.50", "", "2020-01-01 00:00:00.000001");
        assertThat(KeyBound.parse(bound.text())).isEqualTo(bound);
        assertThat(KeyBound.parse(bound("").text())).isEqualTo(bound(""));
    }

    @Test
    void boundsTakeNoSqlAndShowNoValue() {
        assertThatThrownBy(() -> bound("1' OR 1=1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(bound("4711")).hasToString("KeyBound[1 columns]");
    }

    private static SplitKey key(ColumnDefinition... columns) {
        List<String> names =
                List.of(columns).stream().map(ColumnDefinition::name).toList();
        return SplitKey.of(table(names, List.of(), columns)).orElseThrow();
    }

    private static TableDefinition table(
            List<String> primaryKey, List<IndexDefinition> indexes, ColumnDefinition... columns) {
        return new TableDefinition(
                new TableId("s", "t"), List.of(columns), primaryKey, indexes, List.of(), "utf8mb4", "", "");
    }

    private static ColumnDefinition column(String name, TypeKind kind, String charset) {
        return ColumnDefinition.of(
                name, new ColumnType(kind, -1, -1, false, charset, "", List.of(), kind.name()), false);
    }

    private static KeyBound bound(String... values) {
        return new KeyBound(List.of(values));
    }
}
