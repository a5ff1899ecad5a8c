package io.kameleon.admin.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import io.kameleon.admin.monitor.MonitorActions.Outcome;
import io.kameleon.admin.monitor.stats.MinuteStats;
import io.kameleon.admin.monitor.stats.SourceView;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.metrics.HttpEndpoint;
import io.kameleon.catalogue.metrics.HttpEndpoint.Answer;
import io.kameleon.catalogue.metrics.ListenAddress;
import io.kameleon.catalogue.metrics.ProcessMetrics;
import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The monitor of a deployment: page, JSON, metrics and health over HTTP. Reads without a password; what changes something, and what
 * shows column values, needs the token. Thread-safe.
 */
public final class Monitor implements AutoCloseable {
    private static final int ERRORS_MAX = 50;
    private static final int ROWS_MAX = 20;
    private static final Duration CHART = Duration.ofHours(24);

    private final Installation installation;
    private final Looks looks;
    private final Statistics statistics;
    private final ProcessMetrics metrics;
    private final HttpEndpoint endpoint;
    private final AccessToken token;

    /**
     * How it runs.
     *
     * @param advertised where other instances reach it
     * @param directory  of the statistics' stores: a cache, which may be lost
     * @param token      for buttons and rows; empty: they are off
     * @param interval   between two looks at a source
     */
    public record Settings(
            ListenAddress listen,
            Optional<ListenAddress> advertised,
            Path directory,
            Optional<String> token,
            Duration interval) {}

    private Monitor(
            Installation installation,
            Looks looks,
            Statistics statistics,
            ProcessMetrics metrics,
            HttpEndpoint endpoint,
            AccessToken token) {
        this.installation = installation;
        this.looks = looks;
        this.statistics = statistics;
        this.metrics = metrics;
        this.endpoint = endpoint;
        this.token = token;
    }

    /** @throws ReplicationException CONFIGURATION_INVALID when the address cannot be listened on */
    public static Monitor start(Installation installation, Settings settings, MonitorActions.Commands commands) {
        Clock clock = Clock.systemUTC();
        HttpEndpoint endpoint = HttpEndpoint.listen(settings.listen());
        ListenAddress self =
                settings.advertised().orElse(new ListenAddress(settings.listen().host(), endpoint.port()));
        Looks looks = Looks.start(installation, settings.interval(), clock);
        Statistics statistics =
                Statistics.start(installation, settings.directory(), new HostInfo(self.host(), self.port()));
        var metrics =
                new ProcessMetrics("monitor", installation.config().global().metricsTables());
        var monitor =
                new Monitor(installation, looks, statistics, metrics, endpoint, new AccessToken(settings.token()));
        monitor.serve(
                new MonitorMetrics(metrics, looks, statistics, clock), new MonitorActions(installation, commands));
        return monitor;
    }

    private void serve(MonitorMetrics shown, MonitorActions actions) {
        endpoint.get("/", request -> file(request, "page.html", "text/html; charset=utf-8"));
        endpoint.get("/page.css", request -> file(request, "page.css", "text/css; charset=utf-8"));
        endpoint.get("/page.js", request -> file(request, "page.js", "text/javascript; charset=utf-8"));
        endpoint.get("/page.svg", request -> file(request, "page.svg", "image/svg+xml"));
        endpoint.get("/health/live", request -> Answer.text(200, "live\n"));
        endpoint.get("/health/ready", request -> readiness());
        endpoint.get(
                "/metrics",
                request -> new Answer(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        shown.scrape().getBytes(UTF_8)));
        endpoint.get("/status", request -> json(status()));
        endpoint.get("/statistics", request -> json(statistics.all(since(request))));
        endpoint.get("/statistics/here", request -> json(statistics.here(since(request))));
        endpoint.get("/history", request -> json(history(parameter(request, "source"))));
        endpoint.get("/errors", request -> json(errors(parameter(request, "source"))));
        endpoint.get("/error", request -> allowed(request, () -> json(error(request))));
        endpoint.post("/start", request -> act(request, actions::start));
        endpoint.post("/stop", request -> act(request, actions::stop));
        endpoint.post(
                "/resync", request -> act(request, source -> actions.resync(source, parameter(request, "tables"))));
    }

    public int port() {
        return endpoint.port();
    }

    private static Answer file(HttpExchange request, String name, String type) throws IOException {
        request.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        request.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        try (InputStream in = Monitor.class.getResourceAsStream(name)) {
            return new Answer(200, type, in.readAllBytes());
        }
    }

    private Answer readiness() {
        if (looks.isReady()) {
            return Answer.text(200, "ready\n");
        }
        return Answer.text(503, looks.trouble().isEmpty() ? "starting\n" : looks.trouble() + "\n");
    }

    private Map<String, Object> status() {
        Map<String, SourceView> views = statistics.all(Instant.now().minus(Duration.ofMinutes(2)));
        var sources = new ArrayList<Map<String, Object>>();
        for (SourceLook look : looks.all()) {
            var map = look.toMap();
            map.put(
                    "statistics",
                    Optional.ofNullable(views.get(look.source()))
                            .map(Monitor::brief)
                            .orElse(null));
            sources.add(map);
        }
        var map = new LinkedHashMap<String, Object>();
        map.put("at", Instant.now().toString());
        map.put("trouble", looks.trouble().isEmpty() ? null : looks.trouble());
        map.put("actions", token.isSet());
        map.put("sources", sources);
        return map;
    }

    private static Map<String, Object> brief(SourceView view) {
        var map = new LinkedHashMap<String, Object>();
        long minute = Math.floorDiv(System.currentTimeMillis(), 60_000L) * 60_000L - 60_000L;
        Optional<MinuteStats> last =
                view.minutes().stream().filter(m -> m.minuteMillis() == minute).findFirst();
        map.put("read_rows", view.stats().read().rows());
        map.put("applied_rows", view.stats().replay().rows());
        map.put("read_rows_per_second", last.map(m -> m.readRows() / 60.0).orElse(0.0));
        map.put("applied_rows_per_second", last.map(m -> m.appliedRows() / 60.0).orElse(0.0));
        map.put(
                "lag_p50_seconds",
                last.map(m -> m.lagSeconds(0.5)).filter(v -> !v.isNaN()).orElse(null));
        map.put(
                "lag_p99_seconds",
                last.map(m -> m.lagSeconds(0.99)).filter(v -> !v.isNaN()).orElse(null));
        map.put("last_errors", view.stats().lastErrors());
        return map;
    }

    /** Points of the last hour, and minutes of the last day: the latter outlive the monitor. */
    private Map<String, Object> history(String source) {
        var minutes = new ArrayList<Map<String, Object>>();
        SourceView view = statistics.all(Instant.now().minus(CHART)).get(source);
        for (MinuteStats minute : view == null ? List.<MinuteStats>of() : view.minutes()) {
            var map = new LinkedHashMap<String, Object>();
            double p95 = minute.lagSeconds(0.95);
            map.put("millis", minute.minuteMillis());
            map.put("read_rows", minute.readRows());
            map.put("applied_rows", minute.appliedRows());
            map.put("lag_p95_seconds", Double.isNaN(p95) ? null : p95);
            minutes.add(map);
        }
        return Map.of("points", looks.history(source), "minutes", minutes);
    }

    private List<Map<String, Object>> errors(String source) {
        installation.registered(source);
        return installation.catalogue().read(c -> new ErrorStore().list(c, source, ERRORS_MAX)).stream()
                .map(Monitor::map)
                .toList();
    }

    private Map<String, Object> error(HttpExchange request) {
        String source = parameter(request, "source");
        String logid = parameter(request, "logid");
        if (!logid.matches("\\d{1,18}")) {
            return Map.of();
        }
        return installation.catalogue().read(connection -> {
            Optional<LoggedError> error = new ErrorStore()
                    .get(connection, Long.parseLong(logid))
                    .filter(e -> e.entry().source().equals(source));
            if (error.isEmpty()) {
                return Map.<String, Object>of();
            }
            var map = map(error.get());
            var rows = new ArrayList<Map<String, Object>>();
            for (DiscardedRow row :
                    new DiscardedRowStore().ofError(connection, error.get().logid(), ROWS_MAX)) {
                rows.add(Map.of(
                        "op",
                        String.valueOf(row.entry().op()),
                        "row",
                        row.entry().rowJson().orElse("(kept in binary form only)")));
            }
            map.put("statement", error.get().entry().statement().orElse(null));
            map.put("rows", rows);
            return map;
        });
    }

    private static Map<String, Object> map(LoggedError error) {
        var map = new LinkedHashMap<String, Object>();
        map.put("logid", error.logid());
        map.put("at", error.at().toString());
        map.put("table", error.entry().table().map(Object::toString).orElse(null));
        map.put("code", error.entry().code());
        map.put("sqlstate", error.entry().sqlState().orElse(null));
        map.put("message", error.entry().message());
        return map;
    }

    /** What is done with a right to it. */
    private interface Privileged {
        Answer answer() throws IOException;
    }

    private Answer allowed(HttpExchange request, Privileged work) throws IOException {
        if (!token.isSet()) {
            return Answer.text(403, "The monitor was started without a token: see 'kameleon monitor --help'.\n");
        }
        return token.isGivenIn(request) ? work.answer() : Answer.text(401, "The token is missing or wrong.\n");
    }

    private Answer act(HttpExchange request, Function<String, Outcome> action) throws IOException {
        return allowed(request, () -> {
            try {
                Outcome outcome = action.apply(parameter(request, "source"));
                return Answer.text(
                        outcome.exitCode() == 0 ? 200 : 409, outcome.words().strip() + "\n");
            } catch (ReplicationException e) {
                return Answer.text(409, e.getMessage() + "\n");
            }
        });
    }

    private static Answer json(Object value) throws JsonProcessingException {
        return Answer.json(200, Statistics.JSON.writeValueAsString(value));
    }

    private static Instant since(HttpExchange request) {
        String since = parameter(request, "since");
        return since.matches("\\d{1,15}")
                ? Instant.ofEpochMilli(Long.parseLong(since))
                : Instant.now().minus(Duration.ofHours(1));
    }

    /** Empty when it is not there. */
    private static String parameter(HttpExchange request, String name) {
        String query = request.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() {
        endpoint.close();
        try {
            looks.close();
            statistics.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close();
    }
}
