package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.kameleon.KameleonOneProcess;
import io.kameleon.benchmarks.kameleon.KameleonServices;
import io.kameleon.benchmarks.kameleon.KameleonSettings;
import io.kameleon.benchmarks.peer.Peers;
import io.kameleon.benchmarks.run.Contender;
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
                "fetched from Maven Central), pgloader (where it is installed).",
                "A name followed by * stands for all that begin so."
            })
    private List<String> names = List.of();

    /** @throws ParameterException for a name that nobody has */
    List<Contender> chosen(KameleonSettings settings, CommandSpec spec) {
        var all = new ArrayList<Contender>(List.of(new KameleonServices(settings), new KameleonOneProcess(settings)));
        all.addAll(Peers.here());
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

    private static boolean matches(Contender contender, String name) {
        return name.endsWith("*")
                ? contender.name().startsWith(name.substring(0, name.length() - 1))
                : contender.name().equals(name);
    }
}
