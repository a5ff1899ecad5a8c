package io.kameleon.benchmarks.kameleon;

import io.kameleon.admin.Kameleon;
import io.kameleon.benchmarks.kameleon.KameleonConfigFile.Broker;
import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import java.nio.file.Path;
import java.util.List;

/** The initial copy, measured as the whole {@code init_replica} command. */
final class CopyRun {
    private CopyRun() {}

    static StageResult run(StageRun run, Broker broker, KameleonSettings settings) throws Exception {
        EmptyReplica.sql(
                run.servers(), "DROP DATABASE IF EXISTS " + run.id() + " WITH (FORCE)", "CREATE DATABASE " + run.id());
        String schema = run.workload().schema();
        Path config = KameleonConfigFile.write(
                run.directory(), run.servers(), broker, run.id(), run.id(), schema, settings.sourceKeys());
        EmptyReplica.register(config);
        try (ChildProcess copy = ChildProcess.java(
                "init_replica",
                run.directory().resolve("init_replica.log"),
                settings.java(settings.copyHeap()),
                Kameleon.class,
                List.of("init_replica", "--source", KameleonConfigFile.SOURCE, "--config", config.toString()))) {
            Activity activity = run.meter().whole(copy.process(), run.workload().changes());
            copy.requireSuccess();
            return StageResult.of(activity, new Destination(run.id(), schema));
        }
    }
}
