package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The limit of READ: the server's own program that takes a binlog over the network. Measured whole, its start included; the
 * binlog is in the server's memory or page cache.
 */
public final class BinlogProgram implements Contender {
    private static final List<String> NAMES = List.of("mysqlbinlog", "mariadb-binlog");

    private final List<String> program;
    private final Form form;

    /** What it makes of the events. */
    public enum Form {
        /** Written to a file as they come. */
        RAW,
        /** Decoded to text, row by row. */
        TEXT
    }

    /** @param program the command, with arguments of its own first: it may stand in a tree of another system */
    public BinlogProgram(List<String> program, Form form) {
        this.program = List.copyOf(program);
        this.form = form;
    }

    /** From the PATH. */
    public static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":", -1))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return "mysqlbinlog-" + form.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.READ);
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of("program", program.get(program.size() - 1) + " " + String.join(" ", formOptions("...")));
    }

    private List<String> formOptions(String result) {
        return form == Form.RAW
                ? List.of("--raw", "--result-file=" + result)
                : List.of("--base64-output=DECODE-ROWS", "--verbose");
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        // /tmp is there in every tree that the program may live in
        String result = "/tmp/kameleon-bench-" + ProcessHandle.current().pid() + "-";
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                "--no-defaults",
                "--read-from-remote-server",
                "--host=" + run.servers().mysql().host(),
                "--port=" + run.servers().mysql().port(),
                "--user=" + run.servers().mysql().user(),
                "--start-position=" + run.start().position()));
        if (run.servers().mysql().flavour() == MySqlServer.Flavour.MYSQL) {
            command.add("--get-server-public-key");
        }
        command.addAll(formOptions(result));
        if (!run.start().file().equals(run.end().file())) {
            command.add("--to-last-log");
        }
        command.add(run.start().file());
        Path output = form == Form.TEXT ? Path.of("/dev/null") : run.directory().resolve("mysqlbinlog.log");
        Map<String, String> password = Map.of("MYSQL_PWD", run.servers().mysql().password());
        try (ChildProcess child = ChildProcess.start(name(), output, command, password)) {
            Activity activity =
                    run.meter().whole(child.process(), run.workload().changes());
            child.requireSuccess();
            return StageResult.of(activity);
        } finally {
            Files.deleteIfExists(Path.of(result + run.start().file()));
        }
    }
}
