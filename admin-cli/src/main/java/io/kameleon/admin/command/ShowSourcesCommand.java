package io.kameleon.admin.command;

import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.SourceStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "show_sources",
        aliases = "show-sources",
        mixinStandardHelpOptions = true,
        description = "Lists the sources of the configuration and what the catalogue knows of them.")
final class ShowSourcesCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        Map<String, ReplicaSource> known = new TreeMap<>();
        installation.catalogue().read(connection -> {
            new SourceStore().list(connection).forEach(source -> known.put(source.name(), source));
            return null;
        });
        var rows = new ArrayList<Map<String, Object>>();
        installation.config().sources().values().forEach(source -> rows.add(row(source, known.remove(source.name()))));
        known.values().forEach(source -> rows.add(rowOfForgotten(source)));
        print(rows);
        return 0;
    }

    private static Map<String, Object> row(SourceConfig source, ReplicaSource known) {
        var row = new LinkedHashMap<String, Object>();
        row.put("source", source.name());
        row.put("type", source.kind().name().toLowerCase(Locale.ROOT));
        row.put("server", source.dbConn().address());
        row.put("status", known == null ? "not added" : known.status().name().toLowerCase(Locale.ROOT));
        row.put("schema_mappings", source.schemaMappings());
        return row;
    }

    private static Map<String, Object> rowOfForgotten(ReplicaSource source) {
        var row = new LinkedHashMap<String, Object>();
        row.put("source", source.name());
        row.put("type", source.kind().name().toLowerCase(Locale.ROOT));
        row.put("server", "");
        row.put("status", source.status().name().toLowerCase(Locale.ROOT) + ", not in the configuration");
        row.put("schema_mappings", Map.of());
        return row;
    }

    private void print(List<Map<String, Object>> rows) {
        var out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(out, Map.of("sources", rows));
            return;
        }
        var table = new TextTable("Source", "Type", "Server", "Status", "Schemas");
        for (Map<String, Object> row : rows) {
            String mappings = ((Map<?, ?>) row.get("schema_mappings"))
                    .entrySet().stream()
                            .map(e -> e.getKey() + " -> " + e.getValue())
                            .collect(Collectors.joining(", "));
            table.row(row.get("source"), row.get("type"), row.get("server"), row.get("status"), mappings);
        }
        table.print(out);
    }
}
