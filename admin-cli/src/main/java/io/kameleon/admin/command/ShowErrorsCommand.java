package io.kameleon.admin.command;

import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
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
            "Lists what could not be applied: tables that are disabled, then errors, newest first, with the number of rows that each",
            "keeps. An error is open until its table is copied again. With --logid shows one error whole, with its rows: this",
            "prints column values. See also retry_errors and purge_errors."
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

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        installation.registered(source.name());
        if (logid != null) {
            showOne(installation);
        } else {
            installation.catalogue().read(connection -> {
                List<ReplicaTable> disabled = new TableStore()
                        .list(connection, source.name()).stream()
                                .filter(table -> table.state() == State.DISABLED)
                                .toList();
                list(disabled, new ErrorStore().list(connection, source.name(), limit));
                return null;
            });
        }
        return 0;
    }

    private void list(List<ReplicaTable> disabled, List<LoggedError> errors) {
        var out = spec.commandLine().getOut();
        if (format.isJson()) {
            var map = new LinkedHashMap<String, Object>();
            map.put(
                    "disabled_tables",
                    disabled.stream().map(ShowErrorsCommand::map).toList());
            map.put("errors", errors.stream().map(ShowErrorsCommand::map).toList());
            Json.print(out, map);
            return;
        }
        if (!disabled.isEmpty()) {
            printTables(disabled, out);
            out.println();
        }
        if (errors.isEmpty()) {
            out.println("No errors.");
            out.flush();
            return;
        }
        var table = new TextTable("Logid", "At", "State", "Table", "Code", "SQLSTATE", "Rows", "Message");
        for (LoggedError error : errors) {
            table.row(
                    error.logid(),
                    error.at(),
                    state(error),
                    error.entry().table().orElse(null),
                    error.entry().code(),
                    error.entry().sqlState().orElse(null),
                    error.rows(),
                    error.entry().message());
        }
        table.print(out);
    }

    private static void printTables(List<ReplicaTable> disabled, PrintWriter out) {
        var table = new TextTable("Table", "State", "Code", "Reason");
        for (ReplicaTable found : disabled) {
            table.row(
                    found.id(),
                    found.isPaused() ? "paused" : "disabled",
                    found.reason().map(Reason::code).orElse(null),
                    found.reason().map(Reason::text).orElse(null));
        }
        table.print(out);
    }

    private static String state(LoggedError error) {
        return error.resolvedAt().isPresent() ? "resolved" : "open";
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
        if (format.isJson()) {
            Json.print(out, map);
            return;
        }
        map.forEach((key, value) -> {
            if (!key.equals("discarded_rows") && value != null) {
                out.printf("%-11s %s%n", key, value);
            }
        });
        rows.forEach(row -> out.printf("%-11s %s%n", "row " + row.entry().op(), map(row).get("row")));
        out.flush();
    }

    private static Map<String, Object> map(LoggedError error) {
        LoggedError.Entry entry = error.entry();
        var map = new LinkedHashMap<String, Object>();
        map.put("logid", error.logid());
        map.put("at", error.at().toString());
        map.put("state", state(error));
        map.put("resolved_at", error.resolvedAt().map(Object::toString).orElse(null));
        map.put("table", entry.table().map(Object::toString).orElse(null));
        map.put("code", entry.code());
        map.put("sqlstate", entry.sqlState().orElse(null));
        map.put("message", entry.message());
        map.put("statement", entry.statement().orElse(null));
        map.put("position", entry.coordinates().map(Object::toString).orElse(null));
        map.put("rows", error.rows());
        map.put("topic", entry.topic().orElse(null));
        map.put("offset", entry.topicOffset().isPresent() ? entry.topicOffset().getAsLong() : null);
        return map;
    }

    private static Map<String, Object> map(ReplicaTable table) {
        var map = new LinkedHashMap<String, Object>();
        map.put("table", table.id().toString());
        map.put("paused", table.isPaused());
        map.put("code", table.reason().map(Reason::code).orElse(null));
        map.put("reason", table.reason().map(Reason::text).orElse(null));
        return map;
    }

    private static Map<String, Object> map(DiscardedRow row) {
        var map = new LinkedHashMap<String, Object>();
        map.put("op", String.valueOf(row.entry().op()));
        map.put("row", row.entry().rowJson().orElse("(kept in binary form only)"));
        return map;
    }
}
