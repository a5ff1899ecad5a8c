package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.kameleon.KameleonOneProcess;
import io.kameleon.benchmarks.kameleon.KameleonServices;
import io.kameleon.benchmarks.kameleon.KameleonSettings;
import io.kameleon.benchmarks.limit.BinlogProgram;
import io.kameleon.benchmarks.limit.ProducerLimit;
import io.kameleon.benchmarks.limit.PsqlCopy;
import io.kameleon.benchmarks.limit.SelectAll;
import io.kameleon.benchmarks.peer.Peers;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.workload.InsertWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Who takes part. */
final class ContenderOptions {
    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = {
                "Only these: kameleon (two services), kameleon-one (run_replica and init_replica); debezium (source and JDBC sink,",
                "fetched from Maven Central), pgloader (where it is installed); and as limits",
                "mysqlbinlog-raw, mysqlbinlog-text, kafka-producer, copy-narrow-plain, copy-narrow-indexed, copy-wide-plain,",
                "copy-wide-indexed (psql's \\copy), select-all. A name that ends in * stands for all that begin so."
            })
    private List<String> names = List.of();

    @Option(
            names = "--mysqlbinlog",
            paramLabel = "COMMAND",
            description = {
                "The server's program, where it is not on the PATH; may have arguments of its own, separated by spaces.",
                "Without it the limits of that name are left out."
            })
    private String mysqlbinlog;

    /** @throws ParameterException for a name that nobody has */
    List<Contender> chosen(KameleonSettings settings, CommandSpec spec) {
        List<Contender> all = all(settings);
        if (names.isEmpty()) {
            return all;
        }
        var chosen = new ArrayList<Contender>();
        for (String name : names) {
            List<Contender> found =
                    all.stream().filter(contender -> matches(contender, name)).toList();
            if (found.isEmpty()) {
                String known = all.stream().map(Contender::name).collect(Collectors.joining(", "));
                throw new ParameterException(
                        spec.commandLine(), "There is no contender '" + name + "'; there are " + known + ".");
            }
            found.stream().filter(contender -> !chosen.contains(contender)).forEach(chosen::add);
        }
        return chosen;
    }

    private List<Contender> all(KameleonSettings settings) {
        var all = new ArrayList<Contender>(List.of(new KameleonServices(settings), new KameleonOneProcess(settings)));
        all.addAll(Peers.here());
        List<String> program = mysqlbinlog == null
                ? BinlogProgram.find().map(path -> List.of(path.toString())).orElse(List.of())
                : List.of(mysqlbinlog.strip().split("\\s+", -1));
        if (!program.isEmpty()) {
            all.add(new BinlogProgram(program, BinlogProgram.Form.RAW));
            all.add(new BinlogProgram(program, BinlogProgram.Form.TEXT));
        }
        all.add(new ProducerLimit());
        for (String table : List.of(InsertWorkload.NARROW, InsertWorkload.WIDE)) {
            all.add(new PsqlCopy(table, PsqlCopy.Indexes.PLAIN));
            all.add(new PsqlCopy(table, PsqlCopy.Indexes.INDEXED));
        }
        all.add(new SelectAll());
        return all;
    }

    private static boolean matches(Contender contender, String name) {
        return name.endsWith("*")
                ? contender.name().startsWith(name.substring(0, name.length() - 1))
                : contender.name().equals(name);
    }
}
