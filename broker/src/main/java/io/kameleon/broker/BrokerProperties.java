package io.kameleon.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Kafka's properties for one combined node that shares a 512 MB heap with the replica's own work. */
final class BrokerProperties {
    static final int NODE_ID = 1;

    /** Properties that the embedded broker decides alone. */
    static final Set<String> OWNED = Set.of(
            "process.roles",
            "node.id",
            "broker.id",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "controller.listener.names",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "log.dirs",
            "log.dir",
            "metadata.log.dir");

    private static final int MEGABYTE = 1 << 20;
    private static final int REQUEST_BYTES_MAX = 72 * MEGABYTE;
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // One replica of everything, few partitions.
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "2"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "2"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("num.partitions", "1"),
            Map.entry("auto.create.topics.enable", "false"),
            // A large source transaction may stay open long; a writer that pauses for weeks keeps its identity.
            Map.entry("transaction.max.timeout.ms", "3600000"),
            Map.entry("transactional.id.expiration.ms", String.valueOf(Integer.MAX_VALUE)),
            // A transaction that begins while the marks of the one before are being written waits so long at a time.
            Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
            // After a crash the controller refuses the new broker until the session of the dead one has expired.
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "400"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("offsets.retention.minutes", String.valueOf(90 * 24 * 60)),
            // Nothing expires unless its topic says so. Small segments let a topic's retention act in small steps.
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.segment.bytes", String.valueOf(256 * MEGABYTE)),
            Map.entry("log.index.size.max.bytes", String.valueOf(2 * MEGABYTE)),
            // Memory: bytes of requests that wait, cleaner buffers, coordinator load buffers.
            Map.entry("message.max.bytes", String.valueOf(64 * MEGABYTE)),
            Map.entry("replica.fetch.max.bytes", String.valueOf(64 * MEGABYTE)),
            Map.entry("socket.request.max.bytes", String.valueOf(REQUEST_BYTES_MAX)),
            Map.entry("queued.max.request.bytes", String.valueOf(REQUEST_BYTES_MAX)),
            Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 * MEGABYTE)),
            Map.entry("log.cleaner.io.buffer.size", String.valueOf(MEGABYTE / 4)),
            Map.entry("offsets.load.buffer.size", String.valueOf(MEGABYTE)),
            Map.entry("transaction.state.log.load.buffer.size", String.valueOf(MEGABYTE)),
            Map.entry("log.cleaner.threads", "1"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.replica.fetchers", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("share.coordinator.threads", "1"),
            Map.entry("metric.reporters", ""));

    private BrokerProperties() {}

    static Properties of(BrokerSettings settings, Path logDirectory, int port, int controllerPort) {
        var properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(settings.overrides());
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "CLIENTS");
        properties.put("log.dirs", logDirectory.toString());
        return properties;
    }
}
