package io.kameleon.broker;

import io.kameleon.broker.BrokerStartException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller, in this process, with a durable directory; it listens on 127.0.0.1 only.
 *
 * <p>A directory serves one broker at a time and survives {@code kill -9}: what a producer was told is committed is there
 * after the next start. As with any Kafka node of one replica, a power failure can lose what the operating system had not
 * yet written; {@code log.flush.interval.messages} in the overrides closes that gap at the price of speed.
 *
 * <p>Kafka ends the whole process when its disk fails: going on would lose data.
 *
 * <p>Thread-safe. Kafka logs much at INFO through SLF4J under {@link #LOGGERS}: set those to WARN. At WARN there remain
 * lines about every ordinary start, stop and reconnect from {@link #LOGGERS_LOUD}: set those to ERROR.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Names of the loggers under which Kafka's server and clients write. */
    public static final List<String> LOGGERS = List.of("kafka", "org.apache.kafka", "state.change.logger");

    /** Loggers among them that warn about what is ordinary for one node. */
    public static final List<String> LOGGERS_LOUD =
            List.of("org.apache.kafka.controller.QuorumController", "org.apache.kafka.clients.NetworkClient");

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int PORT_ATTEMPTS = 3;
    private static final long CLOSE_WAIT_MILLIS = 30_000;

    private final BrokerDirectory directory;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(BrokerDirectory directory, KafkaRaftServer server, String bootstrapServers) {
        this.directory = directory;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it answers, within a few seconds; formats the directory when it is new.
     *
     * @throws BrokerStartException when the directory is held by another broker, the port is taken, or Kafka refuses;
     *                              nothing keeps running then
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        BrokerDirectory directory = BrokerDirectory.hold(settings.directory());
        try {
            format(directory);
            EmbeddedBroker broker = startOnPort(settings, directory);
            directory.announceReady(broker.bootstrapServers);
            return broker;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Bootstrap servers of the broker that a live process, this one or another of the same user, runs on the directory;
     * empty when there is none, or none that answers yet.
     */
    public static Optional<String> runningAt(Path directory) {
        return BrokerDirectory.runningAt(directory);
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public Path directory() {
        return directory.path();
    }

    /** Shuts Kafka down cleanly and gives the directory free, within 30 seconds. Further calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (shutDown(server)) {
                directory.close();
            } else {
                LOG.warn(
                        "Embedded broker did not stop in time, its directory stays held until the process ends"
                                + " directory={} seconds={}",
                        directory.path(),
                        CLOSE_WAIT_MILLIS / 1000);
            }
        }
    }

    private static EmbeddedBroker startOnPort(BrokerSettings settings, BrokerDirectory directory) {
        for (int attempt = 1; ; attempt++) {
            int port = choosePort(settings, directory);
            try {
                KafkaRaftServer server = startServer(settings, directory, port);
                directory.rememberPort(port);
                return new EmbeddedBroker(directory, server, "127.0.0.1:" + port);
            } catch (BrokerStartException e) {
                boolean lostPort = e.reason() == Reason.PORT_IN_USE && settings.port() == 0;
                if (!lostPort || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int choosePort(BrokerSettings settings, BrokerDirectory directory) {
        if (settings.port() != 0) {
            if (!LoopbackPorts.isFree(settings.port())) {
                throw portInUse(directory, settings.port(), null);
            }
            return settings.port();
        }
        return directory.rememberedPort().filter(LoopbackPorts::isFree).orElseGet(() -> anyFreePort(directory));
    }

    private static KafkaRaftServer startServer(BrokerSettings settings, BrokerDirectory directory, int port) {
        KafkaRaftServer server = null;
        try {
            var properties = BrokerProperties.of(settings, directory.logDirectory(), port, anyFreePort(directory));
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return server;
        } catch (RuntimeException e) {
            if (server != null) {
                shutDown(server);
            }
            throw !LoopbackPorts.isFree(port) ? portInUse(directory, port, e) : failed(directory, e);
        }
    }

    /** Writes Kafka's identity into a new directory; a directory that has one is left alone. */
    private static void format(BrokerDirectory directory) {
        Path logDirectory = directory.logDirectory();
        if (Files.exists(logDirectory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logDirectory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(logDirectory.toString())
                    .addDirectory(logDirectory.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw failed(directory, e);
        }
    }

    /** @return whether Kafka ended in time */
    private static boolean shutDown(KafkaRaftServer server) {
        var thread = new Thread(server::shutdown, "broker-shutdown");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(CLOSE_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static int anyFreePort(BrokerDirectory directory) {
        try {
            return LoopbackPorts.anyFree();
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static BrokerStartException portInUse(BrokerDirectory directory, int port, Throwable cause) {
        return new BrokerStartException(
                Reason.PORT_IN_USE,
                directory.path(),
                "port " + port + " of 127.0.0.1 is taken",
                "Free the port, or choose another one (0 takes any).",
                cause);
    }

    private static BrokerStartException failed(BrokerDirectory directory, Throwable cause) {
        return new BrokerStartException(
                Reason.FAILED,
                directory.path(),
                "Kafka refused to start (" + cause.getClass().getSimpleName() + ")",
                "The cause and Kafka's log lines say why.",
                cause);
    }
}
