package io.kameleon.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of each form, as JSON under {@code target/fidelity}: by server, those of this build so far. */
final class FormResults {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path FILE = Path.of("target", "fidelity", "statements.json");

    private FormResults() {}

    static void write(SourceKind kind, List<FormRun> runs) throws IOException {
        var byForm = new LinkedHashMap<StatementForm, List<FormRun>>();
        runs.forEach(run ->
                byForm.computeIfAbsent(run.form(), f -> new ArrayList<>()).add(run));
        var results = new ArrayList<Map<String, Object>>();
        byForm.forEach((form, all) -> results.add(result(form, all)));
        Files.createDirectories(FILE.getParent());
        var servers = new TreeMap<String, Object>();
        if (Files.exists(FILE)) {
            JSON.readTree(FILE.toFile())
                    .fields()
                    .forEachRemaining(field -> servers.put(field.getKey(), field.getValue()));
        }
        servers.put(kind.name().toLowerCase(Locale.ROOT), results);
        JSON.writeValue(FILE.toFile(), servers);
    }

    private static Map<String, Object> result(StatementForm form, List<FormRun> runs) {
        boolean failed = runs.stream().anyMatch(run -> !run.failures().isEmpty());
        var result = new LinkedHashMap<String, Object>();
        result.put("number", form.number());
        result.put("form", form.title());
        result.put("postgresql", form.translation());
        result.put("old_rows", form.oldRows());
        result.put("spellings", runs.stream().map(run -> run.spelling().title()).toList());
        result.put("result", failed ? "different" : form.outcome());
        return result;
    }
}
