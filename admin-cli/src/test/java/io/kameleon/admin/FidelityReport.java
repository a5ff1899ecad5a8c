package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One table of {@code docs/fidelity.md} and of {@code target/fidelity.json}: what arrived, by server. Each table is written by one
 * test, between its own marks, so that several tests share the document and the file.
 *
 * <p>The results of a server that a test run was not given are taken from the document as it is.
 */
final class FidelityReport {
    private static final Path DOCUMENT = Documents.root().resolve("docs").resolve("fidelity.md");
    private static final Path FILE = Path.of("target", "fidelity.json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String name;
    private final List<String> columns;
    private final Map<SourceKind, String> versions = new EnumMap<>(SourceKind.class);
    private final Map<List<String>, Map<SourceKind, String>> results = new LinkedHashMap<>();

    /**
     * @param name    of the marks and of the JSON property
     * @param columns before those of the servers; together they name a row
     */
    FidelityReport(String name, String... columns) {
        this.name = name;
        this.columns = List.of(columns);
    }

    void server(SourceKind kind, String version) {
        versions.put(kind, version);
    }

    /** Every row of the table is announced, in its order, whatever servers have it. */
    void row(String... cells) {
        results.computeIfAbsent(List.of(cells), row -> new EnumMap<>(SourceKind.class));
    }

    void result(SourceKind kind, String result, String... cells) {
        results.get(List.of(cells)).put(kind, result);
    }

    /** Adds this table to what other tests wrote. */
    void writeJson() throws IOException {
        Map<String, Object> all = Files.exists(FILE)
                ? JSON.readValue(Files.readAllBytes(FILE), new TypeReference<TreeMap<String, Object>>() {})
                : new TreeMap<>();
        var rows = new ArrayList<Map<String, Object>>();
        results.forEach((cells, byServer) -> {
            var row = new LinkedHashMap<String, Object>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), cells.get(i));
            }
            row.put("results", byServer);
            rows.add(row);
        });
        all.put(name, Map.of("servers", versions, "rows", rows));
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, JSON.writeValueAsBytes(all));
    }

    /** The document with this table as it has to be. */
    String expectedDocument() throws IOException {
        String document = document();
        int from = document.indexOf(mark("begin")) + mark("begin").length();
        int to = document.indexOf(mark("end"));
        return document.substring(0, from) + "\n" + table(document.substring(from, to)) + document.substring(to);
    }

    static String document() throws IOException {
        return Files.readString(DOCUMENT, UTF_8);
    }

    static void write(String document) throws IOException {
        Files.writeString(DOCUMENT, document, UTF_8);
    }

    private String mark(String place) {
        return "<!-- " + name + ": " + place + " -->";
    }

    private String table(String old) {
        Map<String, String[]> known = parse(old);
        var text = new StringBuilder("\n| ");
        columns.forEach(column -> text.append(column).append(" | "));
        text.append("MySQL | MariaDB |\n")
                .append("|---".repeat(columns.size() + 2))
                .append("|\n");
        results.forEach((cells, byServer) -> {
            String row = row(cells);
            String[] before = known.getOrDefault(row, new String[] {"", ""});
            text.append(row)
                    .append(cell(byServer, SourceKind.MYSQL, before[0]))
                    .append(" | ")
                    .append(cell(byServer, SourceKind.MARIADB, before[1]))
                    .append(" |\n");
        });
        return text.append('\n').toString();
    }

    private String cell(Map<SourceKind, String> byServer, SourceKind kind, String before) {
        return versions.containsKey(kind) ? byServer.getOrDefault(kind, "-") : before;
    }

    private static String row(List<String> cells) {
        var text = new StringBuilder("| ");
        cells.forEach(
                cell -> text.append(cell.replace("|", "\\|").replace("\n", " ")).append(" | "));
        return text.toString();
    }

    /** Results by what stands before them. */
    private static Map<String, String[]> parse(String table) {
        var known = new LinkedHashMap<String, String[]>();
        for (String line : table.split("\n", -1)) {
            int last = line.lastIndexOf(" | ", line.length() - 3);
            int first = last < 0 ? -1 : line.lastIndexOf(" | ", last - 1);
            if (first >= 0 && line.endsWith(" |")) {
                known.put(
                        line.substring(0, first + 3),
                        new String[] {line.substring(first + 3, last), line.substring(last + 3, line.length() - 2)});
            }
        }
        return known;
    }
}
