package io.kameleon.admin.command;

import io.kameleon.admin.output.Json;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.admin.runtime.SourceStatus.Phase;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "show_status",
        aliases = "show-status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows for each source: is it running, how far behind, is it consistent, what is wrong, what is it doing. With",
            "--source also its tables. Lags are in seconds behind the source, consumer lag in records of the topic; - means not",
            "known. The JSON form is stable: docs/operating.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, every source within the limit", "1:failed, or a source over the limit", "2:wrong usage"
        })
final class ShowStatusCommand implements Callable<Integer> {
    /** Home, and nothing from there on; what is drawn again comes over what was there. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "NAME",
            description = "Only this source, with its tables.")
    private String source;

    @Option(names = "--max-lag-seconds", paramLabel = "N", description = "Exit 1 when a source is further behind.")
    private Optional<Long> maxLagSeconds = Optional.empty();

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "Shows it again every SECONDS, until Ctrl-C. Without a number: 2.")
    private Optional<Integer> watchSeconds = Optional.empty();

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (watchSeconds.filter(seconds -> seconds < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--watch takes a whole number of seconds from 1 on.");
        }
        Installation installation = common.installation();
        return watchSeconds.isPresent() ? watch(installation, watchSeconds.get()) : show(installation);
    }

    /** A server that is away for a time is told, and looked for again. */
    private int watch(Installation installation, int seconds) {
        PrintWriter out = spec.commandLine().getOut();
        while (true) {
            if (!format.isJson()) {
                out.print(CLEAR);
            }
            int code;
            try {
                code = show(installation);
            } catch (ReplicationException e) {
                if (e.code().handling() != Handling.RETRY) {
                    throw e;
                }
                spec.commandLine().getErr().println(e.getMessage());
                spec.commandLine().getErr().flush();
                code = 1;
            }
            try {
                Thread.sleep(Duration.ofSeconds(seconds).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return code;
            }
        }
    }

    private int show(Installation installation) {
        List<SourceStatus> statuses = names(installation).stream()
                .map(name -> SourceStatus.of(installation, name, Clock.systemUTC()))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(
                    out,
                    Map.of("sources", statuses.stream().map(SourceStatus::toMap).toList()));
        } else {
            var text = new StatusText(out);
            text.print(statuses);
            if (source != null) {
                text.printTables(statuses.get(0));
            }
        }
        return statuses.stream().anyMatch(this::isOverLimit) ? 1 : 0;
    }

    private List<String> names(Installation installation) {
        if (source != null) {
            installation.registered(source);
            return List.of(source);
        }
        return installation.catalogue().read(connection -> new SourceStore().list(connection)).stream()
                .map(s -> s.name())
                .filter(installation.config().sources()::containsKey)
                .toList();
    }

    private boolean isOverLimit(SourceStatus status) {
        return maxLagSeconds.isPresent()
                && (status.phase() != Phase.RUNNING
                        || status.replayLagSeconds().orElse(Double.MAX_VALUE) > maxLagSeconds.get());
    }
}
