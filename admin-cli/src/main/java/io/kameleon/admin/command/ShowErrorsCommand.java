package io.kameleon.admin.command;

import io.kameleon.admin.output.Format;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "show_errors",
        aliases = "show-errors",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what could not be applied, newest first. With --logid shows one error whole, with the row that was kept:",
            "this prints column values."
        })
final class ShowErrorsCommand implements Callable<Integer> {
    private static final int ROWS_SHOWN_MAX = 100;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(names = "--logid", paramLabel = "N", description = "One error, with the rows that it discarded.")
    private Long logid;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--format", defaultValue = "TABLE", description = "table or json.")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        installation.registered(source.name());
        if (logid != null) {
            showOne(installation);
        } else {
            list(installation.catalogue().read(c -> new ErrorStore().list(c, source.name(), limit)));
        }
        return 0;
    }

    private void list(List<LoggedError> errors) {
        var out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            Json.print(out, Map.of("errors", errors.stream().map(ShowErrorsCommand::map).toList()));
            return;
        }
        if (errors.isEmpty()) {
            out.println("No errors.");
            out.flush();
            return;
        }
        var table = new TextTable("Logid", "At", "Table", "Code", "SQLSTATE", "Message");
        for (LoggedError error : errors) {
            table.row(
                    error.logid(),
                    error.at(),
                    error.entry().table().orElse(null),
                    error.entry().code(),
                    error.entry().sqlState().orElse(null),
                    error.entry().message());
        }
        table.print(out);
    }

    private void showOne(Installation installation) {
        LoggedError error = installation
                .catalogue()
                .read(c -> new ErrorStore().get(c, logid))
                .filter(e -> e.entry().source().equals(source.name()))
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.WRONG_STATE,
                        "There is no error with logid " + logid,
                        Map.of("source", source.name()),
                        "See 'kameleon show_errors --source " + source.name() + "'."));
        List<DiscardedRow> rows =
                installation.catalogue().read(c -> new DiscardedRowStore().ofError(c, logid, ROWS_SHOWN_MAX));
        Map<String, Object> map = map(error);
        map.put("discarded_rows", rows.stream().map(ShowErrorsCommand::map).toList());
        var out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            Json.print(out, map);
            return;
        }
        map.forEach((key, value) -> {
            if (!key.equals("discarded_rows") && value != null) {
                out.printf("%-10s %s%n", key, value);
            }
        });
        rows.forEach(row -> out.printf("%-10s %s%n", "row " + row.entry().op(), map(row).get("row")));
        out.flush();
    }

    private static Map<String, Object> map(LoggedError error) {
        LoggedError.Entry entry = error.entry();
        var map = new LinkedHashMap<String, Object>();
        map.put("logid", error.logid());
        map.put("at", error.at().toString());
        map.put("table", entry.table().map(Object::toString).orElse(null));
        map.put("code", entry.code());
        map.put("sqlstate", entry.sqlState().orElse(null));
        map.put("message", entry.message());
        map.put("statement", entry.statement().orElse(null));
        map.put("position", entry.coordinates().map(Object::toString).orElse(null));
        map.put("topic", entry.topic().orElse(null));
        map.put("offset", entry.topicOffset().isPresent() ? entry.topicOffset().getAsLong() : null);
        return map;
    }

    private static Map<String, Object> map(DiscardedRow row) {
        var map = new LinkedHashMap<String, Object>();
        map.put("op", String.valueOf(row.entry().op()));
        map.put("row", row.entry().rowJson().orElse("(kept in binary form only)"));
        return map;
    }
}
