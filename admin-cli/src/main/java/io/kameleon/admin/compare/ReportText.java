package io.kameleon.admin.compare;

import io.kameleon.admin.output.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows reports to people, and as plain maps and lists for JSON. Keys are in both: they are data, so they go to standard output
 * and never into a log.
 */
public final class ReportText {
    /** Differences shown per table. */
    static final int SHOWN_MAX = 100;

    private ReportText() {}

    public static void print(PrintWriter out, List<CompareReport> reports) {
        var table = new TextTable("TABLE", "DESTINATION", "SOURCE ROWS", "DESTINATION ROWS", "RESULT", "MILLIS");
        for (CompareReport report : reports) {
            table.row(
                    report.table(),
                    report.destination(),
                    report.sourceRows(),
                    report.destinationRows(),
                    result(report),
                    report.millis());
        }
        table.print(out);
        for (CompareReport report : reports) {
            for (String line : details(report)) {
                out.println(report.table() + ": " + line);
            }
        }
        out.flush();
    }

    private static String result(CompareReport report) {
        if (report.isEqual()) {
            return "equal";
        }
        return report.failure().isPresent() ? "not compared" : "different";
    }

    /** Facts, notes and differences of one table, a line each. */
    private static List<String> details(CompareReport report) {
        var lines = new ArrayList<String>();
        report.failure().ifPresent(lines::add);
        report.structure().missingColumns().forEach(c -> lines.add("column '" + c + "' is missing in the destination"));
        report.structure().extraColumns().forEach(c -> lines.add("column '" + c + "' is in the destination only"));
        lines.addAll(report.structure().others());
        lines.addAll(report.notes());
        Differences differences = report.differences();
        differences.listed().stream().limit(SHOWN_MAX).map(ReportText::line).forEach(lines::add);
        if (differences.total() > SHOWN_MAX) {
            lines.add("... and " + (differences.total() - SHOWN_MAX) + " more rows that differ");
        }
        if (differences.bucketsUnlisted() > 0) {
            lines.add("further rows differ among " + differences.rowsUnlisted() + " that were not looked into");
        }
        return lines;
    }

    private static String line(Difference difference) {
        String key = difference.key().text();
        return switch (difference.kind()) {
            case MISSING -> "missing in the destination: " + key;
            case EXTRA -> "in the destination only: " + key;
            case DIFFERENT -> "different: " + key + " in " + String.join(", ", difference.columns());
        };
    }

    /** One report as maps, lists, texts and numbers. */
    public static Map<String, Object> map(CompareReport report) {
        var map = new LinkedHashMap<String, Object>();
        map.put("table", report.table().toString());
        map.put("destination", report.destination());
        map.put("equal", report.isEqual());
        map.put("source_rows", report.sourceRows());
        map.put("destination_rows", report.destinationRows());
        map.put("failure", report.failure().orElse(null));
        map.put("missing_columns", report.structure().missingColumns());
        map.put("extra_columns", report.structure().extraColumns());
        map.put("structure", report.structure().others());
        map.put("notes", report.notes());
        map.put("differences_total", report.differences().total());
        map.put("rows_not_looked_into", report.differences().rowsUnlisted());
        map.put(
                "differences",
                report.differences().listed().stream()
                        .limit(SHOWN_MAX)
                        .map(ReportText::map)
                        .toList());
        map.put("millis", report.millis());
        return map;
    }

    private static Map<String, Object> map(Difference difference) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        var key = new LinkedHashMap<String, String>();
        for (int i = 0; i < difference.key().columns().size(); i++) {
            key.put(difference.key().columns().get(i), difference.key().values().get(i));
        }
        map.put("key", key);
        map.put("columns", difference.columns());
        return map;
    }
}
