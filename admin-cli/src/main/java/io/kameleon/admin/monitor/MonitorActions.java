package io.kameleon.admin.monitor;

import io.kameleon.admin.resync.ResyncRequests;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.table.TableId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the page's buttons do: what the commands of the same names do, on this machine. Thread-safe. */
public final class MonitorActions {
    private final Installation installation;
    private final Commands commands;

    /** Runs a command of the command line in this process. */
    @FunctionalInterface
    public interface Commands {
        Outcome run(List<String> words);
    }

    /** @param words what the command said, to people */
    public record Outcome(int exitCode, String words) {}

    MonitorActions(Installation installation, Commands commands) {
        this.installation = installation;
        this.commands = commands;
    }

    /** Starts the background process of the source, as {@code start_replica}. */
    Outcome start(String source) {
        return run("start_replica", source);
    }

    /** Ends it, as {@code stop_replica}. */
    Outcome stop(String source) {
        return run("stop_replica", source);
    }

    private Outcome run(String command, String source) {
        installation.registered(source);
        return commands.run(List.of(
                command,
                "--source",
                source,
                "--config",
                installation.config().file().toString()));
    }

    /** Asks for tables to be copied again beside the stream. @param tables schema.table, separated by commas, or {@code disabled} */
    Outcome resync(String source, String tables) {
        installation.registered(source);
        var requests = new ResyncRequests(installation, source);
        List<TableId> found = requests.find(Arrays.asList(tables.split(",")));
        if (found.isEmpty()) {
            return new Outcome(1, "No table is disabled.");
        }
        requests.ask(found);
        return new Outcome(
                0, "Asked for: " + found.stream().map(TableId::toString).collect(Collectors.joining(", ")) + ".");
    }
}
