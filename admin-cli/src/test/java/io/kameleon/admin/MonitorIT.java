package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.admin.monitor.Monitor;
import io.kameleon.admin.monitor.MonitorActions.Outcome;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.metrics.ListenAddress;
import io.kameleon.sandbox.SandboxPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The monitor beside a replica with an embedded Kafka: statistics, metrics, page, buttons. */
@TestMethodOrder(OrderAnnotation.class)
class MonitorIT {
    private static final String TOKEN = "0123456789abcdef";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static ReplicaRig rig;
    private static Monitor monitor;

    @BeforeAll
    static void start() throws Exception {
        rig = ReplicaRig.start(SourceKind.MARIADB, directory);
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))",
                "CREATE TABLE guarded (id INT PRIMARY KEY, qty INT)",
                "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
        rig.register();
        rig.succeeds("init_replica");
        rig.succeeds("start_replica");
        try (var connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + ReplicaRig.DESTINATION + ".guarded ADD CHECK (qty < 100)");
        }
        monitor = startMonitor();
    }

    private static Monitor startMonitor() {
        var settings = new Monitor.Settings(
                new ListenAddress("127.0.0.1", 0),
                Optional.empty(),
                directory.resolve("monitor"),
                Optional.of(TOKEN),
                Duration.ofSeconds(1));
        return Monitor.start(Installation.load(rig.config().toString()), settings, words -> {
            CommandResult result = ReplicaRig.kameleonAsGiven(words.toArray(String[]::new));
            return new Outcome(result.code(), result.out() + result.err());
        });
    }

    @AfterAll
    static void stop() throws Exception {
        if (monitor != null) {
            monitor.close();
        }
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    @Order(1)
    void statisticsCountWhatBothSidesDid() throws Exception {
        rig.onSource(
                "INSERT INTO item VALUES (3, 'c'), (4, 'd')",
                "UPDATE item SET name = 'x' WHERE id = 1",
                "DELETE FROM item WHERE id = 2",
                "INSERT INTO guarded VALUES (1, 5)",
                "INSERT INTO guarded VALUES (2, 987654321)");
        rig.succeeds("wait_replica", "--timeout", "120");
        Await.until("the statistics have it", Duration.ofSeconds(90), () -> {
            JsonNode shop = json("/statistics").path("shop").path("stats");
            return shop.at("/read/rows").asLong() == 6
                    && shop.at("/replay/rows").asLong() >= 5;
        });
        JsonNode shop = json("/statistics").get("shop");
        assertThat(table(shop, "item").get("inserts").asLong()).isEqualTo(2);
        assertThat(table(shop, "item").get("read").asLong()).isEqualTo(4);
        assertThat(table(shop, "guarded").get("discarded").asLong()).isEqualTo(1);
        assertThat(shop.at("/stats/lastErrors/0/message").asText()).contains("guarded");
        assertThat(shop.get("minutes")).isNotEmpty();
        CommandResult shown = ReplicaRig.kameleonAsGiven(
                "show_statistics", "--source", "shop", "--monitor", "http://127.0.0.1:" + monitor.port() + "/");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("shop.item").contains("Lag 99 %").contains("ROW_REFUSED");
        CommandResult unknown = ReplicaRig.kameleonAsGiven(
                "show_statistics", "--source", "nope", "--monitor", "http://127.0.0.1:" + monitor.port() + "/");
        assertThat(unknown.err()).startsWith("SOURCE_UNKNOWN: The monitor has counted nothing of this source");
        assertThat(unknown.code()).isEqualTo(1);
    }

    private static JsonNode table(JsonNode source, String name) {
        for (JsonNode table : source.get("tables")) {
            if (table.get("table").asText().equals(name)) {
                return table;
            }
        }
        throw new AssertionError("no table " + name + " in " + source);
    }

    /** Nothing counts twice and nothing is lost when it starts again, with its own stores or with none. */
    @Test
    @Order(2)
    void statisticsOutliveTheMonitor() throws Exception {
        monitor.close();
        deleteAll(directory.resolve("monitor"));
        monitor = startMonitor();
        Await.until("the stores are back", Duration.ofSeconds(90), () -> json("/statistics")
                .has("shop"));
        JsonNode shop = json("/statistics").get("shop");
        assertThat(shop.at("/stats/read/rows").asLong()).isEqualTo(6);
        assertThat(table(shop, "item").get("read").asLong()).isEqualTo(4);
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    @Order(3)
    void metricsAreDocumentedAndCurrent() throws Exception {
        Await.until(
                "the source was looked at",
                Duration.ofSeconds(60),
                () -> get("/health/ready").statusCode() == 200
                        && json("/status").get("sources").size() == 1);
        Await.until("nothing waits", Duration.ofSeconds(60), () -> get("/metrics")
                .body()
                .contains("kameleon_replication_caught_up{source=\"shop\"} 1.0"));
        String scraped = get("/metrics").body();
        assertThat(scraped)
                .contains("kameleon_replication_lag_seconds{source=\"shop\",stage=\"end_to_end\"} 0.0")
                .contains("kameleon_source_state{source=\"shop\",state=\"running\"} 1.0")
                .contains("kameleon_source_roles{role=\"reader\",source=\"shop\"} 1.0")
                .contains("kameleon_quarantined_rows{source=\"shop\"} 1.0")
                .contains("kameleon_replication_lag_transactions{source=\"shop\",stage=\"read\"} 0.0")
                .contains("kameleon_ddl_pending{source=\"shop\"} 0.0")
                .containsPattern("kameleon_source_clock_offset_seconds\\{source=\"shop\"} -?([0-4]\\.|\\d.*E-)")
                .contains("kameleon_source_progress_timestamp_seconds{side=\"apply\",source=\"shop\"}")
                .doesNotContain(rig.source().password(), rig.postgres().replicaPassword());
        MetricsDocument.assertDocumented(scraped);
    }

    @Test
    @Order(4)
    void whatChangesSomethingOrShowsValuesNeedsTheToken() throws Exception {
        long logid = json("/errors?source=shop").get(0).get("logid").asLong();
        String error = "/error?source=shop&logid=" + logid;
        assertThat(json("/errors?source=shop").toString()).doesNotContain("987654321");
        assertThat(get(error).statusCode()).isEqualTo(401);
        assertThat(send("POST", "/stop?source=shop", "wrong").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/stop?source=shop", TOKEN).statusCode()).isEqualTo(405);
        assertThat(send("GET", error, TOKEN).body()).contains("987654321");
        HttpResponse<String> unknown = send("POST", "/stop?source=nowhere", TOKEN);
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(unknown.body()).startsWith("SOURCE_UNKNOWN");
    }

    /** In a real browser: wide and narrow, light and dark; the screenshots are kept in target/screenshots. */
    @Test
    @Order(5)
    @EnabledIf("io.kameleon.admin.Chromium#isInstalled")
    void pageWorksInABrowser() throws Exception {
        try (Chromium browser = Chromium.start(directory.resolve("chromium"))) {
            browser.look(1100, 900, "light");
            browser.open("http://127.0.0.1:" + monitor.port() + "/");
            browser.await("document.body && document.body.dataset.ready");
            assertThat(browser.value("document.querySelector('.state').textContent"))
                    .isEqualTo("running");
            assertThat(browser.value("document.querySelector('[data-act=stop]').disabled"))
                    .as("without a token")
                    .isEqualTo("true");
            browser.value("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            browser.await("document.querySelectorAll('.errors .error').length === 1");
            browser.value("document.getElementById('token').value = '" + TOKEN + "';"
                    + "document.querySelector('#sign-in button').click()");
            browser.await("!document.querySelector('.error button').disabled");
            browser.value("document.querySelector('.error button').click()");
            browser.await("document.querySelector('.error pre') && "
                    + "document.querySelector('.error pre').textContent.includes('987654321')");
            assertLagIsShownAsItHappens(browser);
            browser.await("document.querySelector('.line').getAttribute('d').includes('L')");
            browser.screenshot(SCREENSHOTS.resolve("wide-light.png"));
            browser.look(1100, 900, "dark");
            browser.screenshot(SCREENSHOTS.resolve("wide-dark.png"));
            browser.look(390, 844, "dark");
            assertFits(browser);
            browser.screenshot(SCREENSHOTS.resolve("phone-dark.png"));
            browser.look(390, 844, "light");
            browser.screenshot(SCREENSHOTS.resolve("phone-light.png"));
            stopAndStart(browser);
            assertThat(browser.problems()).isEmpty();
        }
    }

    /** Nothing but the tables, which scroll in their own frame, is wider than the screen. */
    private static void assertFits(Chromium browser) throws Exception {
        assertThat(browser.value("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo("true");
    }

    /** Replay is held by a lock, then let go. */
    private static void assertLagIsShownAsItHappens(Chromium browser) throws Exception {
        String first = "document.querySelectorAll('.lags dd')[0].firstChild.textContent";
        String second = "document.querySelectorAll('.lags dd')[1].firstChild.textContent";
        try (var holder = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE " + ReplicaRig.DESTINATION + ".item IN ACCESS EXCLUSIVE MODE");
            rig.onSource("INSERT INTO item VALUES (20, 'w'), (21, 'w')");
            browser.await("parseFloat(" + first + ") > 2 && " + second + " === '2'");
            holder.rollback();
        }
        browser.await("parseFloat(" + first + ") === 0 && " + second + " === '0'");
    }

    private static void stopAndStart(Chromium browser) throws Exception {
        browser.value("window.confirm = () => true; document.querySelector('[data-act=stop]').click()");
        browser.await("document.querySelector('.answer').textContent.includes('stopped')");
        browser.await("document.querySelector('.state').textContent === 'stopped'");
        browser.screenshot(SCREENSHOTS.resolve("phone-stopped.png"));
        browser.await("!document.querySelector('[data-act=start]').disabled");
        browser.value("document.querySelector('[data-act=start]').click()");
        browser.await("document.querySelector('.answer').textContent.includes('started')");
        browser.await("document.querySelector('.state').textContent === 'running'");
    }

    /** It says so while the catalogue is away, keeps what it knew, and goes on by itself. */
    @Test
    @Order(6)
    void catalogueThatIsAwayIsTold() throws Exception {
        rig.postgres().own().stop();
        Await.until(
                "it is not ready",
                Duration.ofSeconds(60),
                () -> get("/health/ready").statusCode() == 503);
        assertThat(get("/health/ready").body()).startsWith("DESTINATION_UNREACHABLE");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        JsonNode status = json("/status");
        assertThat(status.get("trouble").asText()).startsWith("DESTINATION_UNREACHABLE");
        assertThat(status.get("sources")).hasSize(1);
        assertThat(get("/metrics").body()).containsPattern("kameleon_monitor_look_failures_total [1-9]");
        rig.postgres().own().restart();
        Await.until(
                "it is ready again",
                Duration.ofSeconds(60),
                () -> get("/health/ready").statusCode() == 200);
    }

    /** An embedded broker comes back under another port. */
    @Test
    @Order(7)
    void statisticsGoOnWithABrokerThatHasStartedAgain() throws Exception {
        rig.succeeds("stop_replica");
        rig.succeeds("start_replica");
        long begun = System.currentTimeMillis();
        rig.onSource("INSERT INTO item VALUES (30, 'again')");
        Await.until("the statistics have it", Duration.ofSeconds(90), () -> {
            JsonNode shop = json("/statistics").path("shop");
            return shop.has("tables")
                    && table(shop, "item").get("appliedMillis").asLong() >= begun;
        });
    }

    private static JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + monitor.port() + path);
    }
}
