package io.kameleon.admin.command;

import io.kameleon.admin.output.Json;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.admin.runtime.SourceStatus.Phase;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Mixin
    private CommonOptions common;

    @Mixin
    private LookOptions look;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        return look.show(spec.commandLine(), !format.isJson(), () -> show(installation));
    }

    private boolean show(Installation installation) {
        List<SourceStatus> statuses = look.names(installation).stream()
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
            if (look.isForOne()) {
                text.printTables(statuses.get(0));
            }
        }
        return statuses.stream()
                .noneMatch(status -> look.isOverLimit(status.phase() == Phase.RUNNING, status.replayLagSeconds()));
    }
}
