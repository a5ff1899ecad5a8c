package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.ConfigEnvironment;
import io.kameleon.catalogue.config.ConfigLoader;
import io.kameleon.catalogue.config.ConfigLocation;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.util.List;

/**
 * The life of a service: command line, configuration, log, work for every source, exit code.
 *
 * <p>Exit codes: 0 when it was asked to end and ended in time, 1 when every source has ended by an error or the end took too long,
 * 2 for wrong usage.
 */
public final class ServiceProcess {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** A file of its own, so that it does not matter which other configuration stands on the class path. */
    private static final String LOG_CONFIGURATION = "io/kameleon/catalogue/process/logback-service.xml";

    private final Class<?> program;
    private final Role role;
    private final Worker.Factory factory;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param out for the help; {@code err} for one sentence on a failure */
    public ServiceProcess(Class<?> program, Role role, Worker.Factory factory, PrintWriter out, PrintWriter err) {
        this.program = program;
        this.role = role;
        this.factory = factory;
        this.out = out;
        this.err = err;
    }

    /** Works until SIGTERM, SIGINT or the failure of every source. @return the exit code */
    public int run(String... arguments) {
        ServiceOptions options;
        try {
            options = ServiceOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            return end(WRONG_USAGE, err, e.getMessage() + System.lineSeparator() + "Try '--help'.");
        }
        if (options.wanted() == ServiceOptions.Wanted.HELP) {
            return end(DONE, out, usage());
        }
        try {
            return work(options);
        } catch (ReplicationException e) {
            return end(FAILED, err, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end(FAILED, err, "The service was interrupted.");
        }
    }

    private int work(ServiceOptions options) throws InterruptedException {
        var environment = ConfigEnvironment.ofProcess();
        KameleonConfig config = ConfigLoader.load(ConfigLocation.resolve(options.config(), environment), environment);
        options.sources().forEach(config::source);
        configureLog(config);
        Transport.bootstrapServers(config);
        return new SourceTasks(config, options.sources(), role, factory).run();
    }

    /** Before the first logger is made; what the command line of Java says wins. */
    private static void configureLog(KameleonConfig config) {
        String level =
                switch (config.global().logLevel()) {
                    case WARNING -> "WARN";
                    default -> config.global().logLevel().name();
                };
        setUnlessGiven("kameleon.log.level", level);
        setUnlessGiven("logback.configurationFile", LOG_CONFIGURATION);
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static int end(int exitCode, PrintWriter to, String words) {
        to.println(words);
        to.flush();
        return exitCode;
    }

    private String usage() {
        String side = role == Role.READER ? "Reads sources into Kafka" : "Replays sources from Kafka into PostgreSQL";
        return """
                Usage: java -cp ... %s [--config NAME|PATH] [--source NAME]...
                %s, each in a thread of its own, until SIGTERM or Ctrl-C.
                  -c, --config NAME|PATH   a name in $KAMELEON_HOME/configuration, or the path of a YAML file;
                                           default: default
                  -s, --source NAME        a source of the configuration; may be repeated; default: whichever of them nobody works
                                           for. Any number of such processes share the sources, and take over within 15
                                           seconds what one that died has left.
                  -h, --help               shows this
                The sources must be initialised (kameleon init_replica), and kafka.bootstrap_servers must name a cluster.
                A source that cannot go on does not stop the others; why it ended is in the log and in show_status.
                Exit code: 0 ended when asked to, 1 every source ended by an error, 2 wrong usage.""".formatted(program.getName(), side);
    }
}
