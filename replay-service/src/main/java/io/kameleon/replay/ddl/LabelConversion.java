package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conversions from and to ENUM and SET: by label, not by number; a label that is gone becomes the empty one (F61). */
final class LabelConversion {
    private LabelConversion() {}

    static Conversion of(ConvertedColumn column) {
        TypeKind from = column.from().kind();
        TypeKind to = column.to().kind();
        if (from == TypeKind.ENUM && to == TypeKind.ENUM) {
            return betweenEnums(column);
        }
        if (from == TypeKind.SET && to == TypeKind.SET) {
            return betweenSets(column);
        }
        if (from == TypeKind.ENUM && column.toFamily().isText() && isOwnType(column.fromFamily())) {
            return Conversion.exact(column.name() + "::text::" + column.target());
        }
        if (column.fromFamily() == Family.TEXT_ARRAY && column.toFamily().isText() && to != TypeKind.ENUM) {
            return Conversion.exact("array_to_string(" + column.name() + ", ',')::" + column.target());
        }
        if (column.fromFamily().isText() && to == TypeKind.ENUM && isOwnType(column.toFamily())) {
            return fromText(column);
        }
        if (column.fromFamily().isText() && column.toFamily() == Family.TEXT_ARRAY) {
            String using = "string_to_array(" + column.name() + ", ',')";
            return Conversion.resync(using, ValueConversion.reason(column));
        }
        return ValueConversion.lost(column);
    }

    private static boolean isOwnType(Family family) {
        return family == Family.ENUM || family == Family.CHECKED_TEXT;
    }

    private static Conversion betweenEnums(ConvertedColumn column) {
        if (column.keepsType()) {
            return Conversion.NONE;
        }
        if (!isOwnType(column.toFamily()) || !isOwnType(column.fromFamily())) {
            return ValueConversion.lost(column);
        }
        return Conversion.exact("(" + relabelled(column) + ")::" + column.target());
    }

    private static String relabelled(ConvertedColumn column) {
        String text = column.name() + "::text";
        var cases = new StringBuilder();
        for (String label : column.beforeType().labels()) {
            String kept = sameLabel(label, column.afterType().labels());
            if (!kept.equals(label)) {
                cases.append(" WHEN ")
                        .append(SqlText.literal(label))
                        .append(" THEN ")
                        .append(SqlText.literal(kept));
            }
        }
        return cases.isEmpty() ? text : "CASE " + text + cases + " ELSE " + text + " END";
    }

    /** As the source compares labels: without case; the empty label when there is none. */
    private static String sameLabel(String label, List<String> labels) {
        if (labels.contains(label)) {
            return label;
        }
        return labels.stream()
                .filter(l -> l.equalsIgnoreCase(label))
                .findFirst()
                .orElse("");
    }

    /** The source also reads a text such as '2' as the number of a label, which is not repeated here. */
    private static Conversion fromText(ConvertedColumn column) {
        String text = "lower(rtrim(" + column.name() + ", ' '))";
        String cases = column.afterType().labels().stream()
                .map(l -> " WHEN " + SqlText.literal(l.toLowerCase(Locale.ROOT)) + " THEN " + SqlText.literal(l))
                .collect(Collectors.joining());
        String using = "(CASE WHEN " + column.name() + " IS NOT NULL THEN CASE " + text + cases + " ELSE '' END END)::"
                + column.target();
        return Conversion.resync(using, ValueConversion.reason(column));
    }

    /** A set keeps its members in definition order, so another order changes the values. */
    private static Conversion betweenSets(ConvertedColumn column) {
        if (!column.keepsType()) {
            return ValueConversion.lost(column);
        }
        List<String> after = column.to().labels();
        List<String> kept =
                after.stream().filter(column.from().labels()::contains).toList();
        if (kept.equals(column.from().labels())) {
            return Conversion.NONE;
        }
        if (column.toFamily() != Family.TEXT_ARRAY) {
            return new Conversion(Optional.empty(), Optional.empty(), ValueConversion.reason(column));
        }
        var sources = new ArrayList<String>(after.size());
        for (String label : after) {
            Optional<String> old = column.from().labels().stream()
                    .filter(l -> l.equalsIgnoreCase(label))
                    .findFirst();
            sources.add(old.orElse(label));
        }
        return Conversion.updated("ARRAY(SELECT label.new FROM unnest(" + SqlText.textArray(after) + ", "
                + SqlText.textArray(sources) + ") WITH ORDINALITY AS label(new, old, position) WHERE label.old = ANY("
                + column.name() + ") ORDER BY label.position)");
    }
}
