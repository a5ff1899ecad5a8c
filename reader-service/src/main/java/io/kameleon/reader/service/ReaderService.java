package io.kameleon.reader.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.process.ServiceProcess;
import io.kameleon.catalogue.process.Worker;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.reader.publish.SourceReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;

/**
 * Reads any number of sources into Kafka, in a process of its own: {@code java -cp ... io.kameleon.reader.service.ReaderService
 * --config NAME|PATH [--source NAME]...}. Needs PostgreSQL at no time.
 */
public final class ReaderService {
    private ReaderService() {}

    public static void main(String[] arguments) {
        var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(
                new ServiceProcess(ReaderService.class, Role.READER, ReaderService::worker, out, err).run(arguments));
    }

    private static Worker worker(KameleonConfig config, SourceConfig source, TableFilter filter, Transport transport) {
        var reader = new SourceReader(ReaderSetup.settings(config, source, filter, transport));
        return new Worker(reader, reader::stop, reader.progress());
    }
}
