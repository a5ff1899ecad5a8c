package io.kameleon.replay.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.process.ServiceProcess;
import io.kameleon.catalogue.process.Worker;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.PgConnections;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.replay.consume.SourceReplay;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;

/**
 * Replays any number of sources from Kafka into PostgreSQL, in a process of its own: {@code java -cp ...
 * io.kameleon.replay.service.ReplayService --config NAME|PATH [--source NAME]...}. Needs MySQL at no time.
 */
public final class ReplayService {
    private ReplayService() {}

    public static void main(String[] arguments) {
        var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(
                new ServiceProcess(ReplayService.class, Role.REPLAY, ReplayService::worker, out, err).run(arguments));
    }

    private static Worker worker(KameleonConfig config, SourceConfig source, TableFilter filter, Transport transport) {
        var destination = new PgConnections(config.pg());
        var replay = new SourceReplay(ReplaySetup.settings(config, source, filter, destination, transport));
        return new Worker(replay, replay::stop, replay.progress());
    }
}
