package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.named;
import static io.kameleon.replay.ddl.SampleTable.type;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationNamesTest {
    /** F64. The hash is part of the contract: names of existing replicas must not change. */
    @Test
    void aNameOver63BytesKeepsItsBeginningAndGetsAHash() {
        assertThat(DestinationNames.table("a".repeat(63))).isEqualTo("a".repeat(63));
        assertThat(DestinationNames.table("a".repeat(64))).isEqualTo("a".repeat(54) + "_ffe054fe");
        String cut = DestinationNames.column("名".repeat(22));
        assertThat(cut).startsWith("名".repeat(18) + "_");
        assertThat(cut.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(DestinationNames.column("x".repeat(63) + "a"))
                .isNotEqualTo(DestinationNames.column("x".repeat(63) + "b"));
    }

    /** F65. */
    @Test
    void caseIsKeptAndEveryNameIsQuoted() {
        assertThat(DestinationNames.table("OrderItems")).isEqualTo("OrderItems");
        assertThat(SqlText.identifier("a\"b\\")).isEqualTo("\"a\"\"b\\\"");
        assertThatThrownBy(() -> SqlText.identifier("a\0b"))
                .hasMessageStartingWith("NAME_CONFLICT: A name is empty or has a NUL");
    }

    @Test
    void constantsAreSafeUnderEverySetting() {
        assertThat(SqlText.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlText.literal("\\'")).isEqualTo(" E'\\\\'''");
        assertThat(SqlText.literal(new byte[] {0, (byte) 0xff})).isEqualTo("decode('00ff', 'hex')");
    }

    /** F66. */
    @Test
    void indexNamesOfDifferentTablesDiffer() {
        assertThat(DestinationNames.index("user", "role_id")).isEqualTo("user__role_id");
        assertThat(DestinationNames.index("user_role", "id")).isEqualTo("user_role__id");
        assertThat(DestinationNames.index("a", "_b")).isNotEqualTo(DestinationNames.index("a_", "b"));
        assertThat(DestinationNames.index("a__b", "c")).isNotEqualTo(DestinationNames.index("a", "b__c"));
        assertThat(DestinationNames.enumType("orders", "state")).isEqualTo("orders__state_enum");
        assertThat(DestinationNames.primaryKey("orders")).isEqualTo("orders_pkey");
    }

    @Test
    void aSystemColumnsNameGetsAnUnderscore() {
        assertThat(DestinationNames.column("xmin")).isEqualTo("xmin_");
        var both = named("t").nullable("xmin", type(TypeKind.INT)).nullable("xmin_", type(TypeKind.INT));
        assertCode(() -> DestinationNames.check(both.build()), ErrorCode.NAME_CONFLICT);
    }

    @Test
    void aTableOver1600ColumnsIsRefused() {
        SampleTable wide = named("t");
        for (int i = 0; i < 1600; i++) {
            wide.nullable("c" + i, type(TypeKind.INT));
        }
        DestinationNames.check(wide.build());
        wide.nullable("more", type(TypeKind.INT));
        assertCode(() -> DestinationNames.check(wide.build()), ErrorCode.TABLE_TOO_WIDE);
    }

    @Test
    void tablesOfOneSchemaMayNotMeet() {
        var orders =
                named("orders").nullable("id", type(TypeKind.INT)).key("id").build();
        var clash = named("orders_pkey").nullable("id", type(TypeKind.INT)).build();
        DestinationNames.check(List.of(orders));
        assertCode(() -> DestinationNames.check(List.of(orders, clash)), ErrorCode.NAME_CONFLICT);
    }

    private static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
