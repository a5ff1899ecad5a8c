package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/**
 * A type as a statement declares it: synonyms resolved, sizes and character set still without what they inherit.
 *
 * @param length    as in {@link ColumnType}; for TEXT and BLOB the declared size, which selects the real type
 * @param charset   empty when the column inherits it
 * @param collation empty when not named
 * @param collating what else the declaration says on the collation
 * @param subtype   GEOMETRY: the type's name; otherwise empty
 * @param labels    ENUM and SET
 */
record TypeSpec(
        TypeKind kind,
        int length,
        int scale,
        Signs signs,
        String charset,
        String collation,
        Collating collating,
        String subtype,
        List<String> labels) {
    enum Signs {
        SIGNED,
        UNSIGNED,
        /** Implies unsigned. */
        ZEROFILL
    }

    enum Collating {
        INHERITED,
        /** The BINARY attribute: the character set's {@code _bin} collation. */
        BINARY
    }

    static TypeSpec of(TypeKind kind) {
        return sized(kind, ColumnType.NONE, ColumnType.NONE);
    }

    static TypeSpec sized(TypeKind kind, int length, int scale) {
        return new TypeSpec(kind, length, scale, Signs.SIGNED, "", "", Collating.INHERITED, "", List.of());
    }

    TypeSpec withSigns(Signs newSigns) {
        return new TypeSpec(kind, length, scale, newSigns, charset, collation, collating, subtype, labels);
    }

    TypeSpec withCharset(String newCharset) {
        return new TypeSpec(kind, length, scale, signs, newCharset, collation, collating, subtype, labels);
    }

    TypeSpec withCollation(String newCollation) {
        return new TypeSpec(kind, length, scale, signs, charset, newCollation, collating, subtype, labels);
    }

    TypeSpec withBinaryCollation() {
        return new TypeSpec(kind, length, scale, signs, charset, collation, Collating.BINARY, subtype, labels);
    }

    TypeSpec withSubtype(String newSubtype) {
        return new TypeSpec(kind, length, scale, signs, charset, collation, collating, newSubtype, labels);
    }

    TypeSpec withLabels(List<String> newLabels) {
        return new TypeSpec(kind, length, scale, signs, charset, collation, collating, subtype, newLabels);
    }

    TypeSpec withKind(TypeKind newKind) {
        return new TypeSpec(newKind, length, scale, signs, charset, collation, collating, subtype, labels);
    }

    boolean unsigned() {
        return signs != Signs.SIGNED;
    }
}
