package io.kameleon.catalogue.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.metrics.HttpEndpoint.Answer;
import io.kameleon.catalogue.store.ConfigFingerprint;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressPublisher;
import io.kameleon.schemas.progress.ProgressPublisher.TopicSize;
import io.kameleon.schemas.progress.ProgressTotals;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that reads or replays tells of itself: progress records to Kafka, and with {@code metrics_listen} also metrics,
 * health and status over HTTP and JMX. Thread-safe.
 */
public final class ProcessWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);
    private static final int CLUSTER_PARTITIONS = 6;
    private static final int CONFIG_HASH_LENGTH = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KameleonConfig config;
    private final List<ProgressMeter> meters = new CopyOnWriteArrayList<>();
    private final ProcessMetrics metrics;
    private final HttpEndpoint endpoint;
    private volatile ProgressPublisher publisher;
    private volatile boolean standsBy;

    private ProcessWatch(KameleonConfig config, ProcessMetrics metrics, HttpEndpoint endpoint) {
        this.config = config;
        this.metrics = metrics;
        this.endpoint = endpoint;
    }

    /**
     * Listens where the configuration says so.
     *
     * @param service what runs: reader, replay or replica
     * @throws io.kameleon.schemas.error.ReplicationException CONFIGURATION_INVALID when the address cannot be listened on
     */
    public static ProcessWatch start(KameleonConfig config, String service) {
        if (config.global().metricsListen().isEmpty()) {
            return new ProcessWatch(config, null, null);
        }
        HttpEndpoint endpoint =
                HttpEndpoint.listen(config.global().metricsListen().get());
        var metrics = new ProcessMetrics(service, config.global().metricsTables());
        var watch = new ProcessWatch(config, metrics, endpoint);
        endpoint.get(
                "/metrics",
                request -> new Answer(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        metrics.scrape().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        endpoint.get("/health/live", request -> Answer.text(200, "live\n"));
        endpoint.get("/health/ready", request -> watch.readiness());
        endpoint.get("/status", request -> Answer.json(200, watch.statusJson()));
        LOG.info("Metrics listen={}:{}", config.global().metricsListen().get().host(), endpoint.port());
        return watch;
    }

    /** From here on progress records are sent. */
    public void attach(Transport transport) {
        boolean cluster = config.kafka().broker() instanceof KafkaConfig.Cluster;
        var size =
                new TopicSize(cluster ? CLUSTER_PARTITIONS : 1, config.kafka().replicationFactor());
        String topic = new TopicLayout(config.kafka().topicPrefix()).progress();
        publisher = ProgressPublisher.start(topic, transport.properties(), transport.schemaIds(), size);
        meters.forEach(publisher::add);
    }

    public synchronized void add(ProgressMeter meter) {
        meters.add(meter);
        if (metrics != null) {
            String hash = ConfigFingerprint.of(config, config.source(meter.source()));
            metrics.add(meter, hash.substring(0, CONFIG_HASH_LENGTH));
        }
        if (publisher != null) {
            publisher.add(meter);
        }
    }

    /** What {@link #add} was told is over in this process; its last counts are still sent. */
    public synchronized void remove(ProgressMeter meter) {
        if (meters.remove(meter)) {
            if (metrics != null) {
                metrics.remove(meter);
            }
            if (publisher != null) {
                publisher.remove(meter);
            }
        }
    }

    /** From here on a process without work is ready: it stands by for others. */
    public void standBy() {
        standsBy = true;
    }

    /** Of the HTTP endpoint; 0 without one. */
    public int port() {
        return endpoint == null ? 0 : endpoint.port();
    }

    private Answer readiness() {
        List<String> notWorking = meters.stream()
                .map(ProgressMeter::totals)
                .filter(t -> !t.phase().equals("WORKING"))
                .map(t -> t.source() + " " + side(t) + ": " + t.phase().toLowerCase(Locale.ROOT))
                .toList();
        if (meters.isEmpty()) {
            return standsBy ? Answer.text(200, "standing by\n") : Answer.text(503, "starting\n");
        }
        return notWorking.isEmpty()
                ? Answer.text(200, "ready\n")
                : Answer.text(503, String.join("\n", notWorking) + "\n");
    }

    private String statusJson() throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "sides", meters.stream().map(meter -> map(meter.totals())).toList()));
    }

    private static Map<String, Object> map(ProgressTotals totals) {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", totals.source());
        map.put("side", side(totals));
        map.put("phase", totals.phase().toLowerCase(Locale.ROOT));
        map.put("position", totals.file().isEmpty() ? null : totals.file() + ":" + totals.position());
        map.put("source_committed_at", time(totals.sourceMillis()));
        map.put("worked_at", time(totals.workedAtMillis()));
        map.put("rows", totals.rows());
        map.put("transactions", totals.transactions());
        map.put("errors", totals.errors());
        return map;
    }

    private static String side(ProgressTotals totals) {
        return totals.side().name().toLowerCase(Locale.ROOT);
    }

    private static String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
        }
        if (endpoint != null) {
            endpoint.close();
            metrics.close();
        }
    }
}
