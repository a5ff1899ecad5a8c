package io.kameleon.catalogue.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server of this process: exact paths, short answers. Bounded: {@value #THREADS} requests are answered at a time,
 * {@value #WAITING_MAX} wait, and what is beyond is refused. Thread-safe.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /** What a path answers to. */
    @FunctionalInterface
    public interface Handler {
        /** @throws IOException or anything else: the answer is 500, with the reason in the log */
        Answer answer(HttpExchange request) throws IOException;
    }

    /** @param type of the body, with its character set */
    public record Answer(int status, String type, byte[] body) {
        public static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body.getBytes(UTF_8));
        }

        public static Answer json(int status, String body) {
            return new Answer(status, "application/json; charset=utf-8", body.getBytes(UTF_8));
        }
    }

    private HttpEndpoint(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Listens at once; paths are added afterwards. @throws ReplicationException CONFIGURATION_INVALID when the address is taken */
    public static HttpEndpoint listen(ListenAddress address) {
        // The server of the JDK reads requests without a time limit unless these are set.
        System.setProperty("sun.net.httpserver.maxReqTime", System.getProperty("sun.net.httpserver.maxReqTime", "30"));
        try {
            HttpServer server = HttpServer.create(address.toSocketAddress(), WAITING_MAX);
            var threads = new ThreadPoolExecutor(
                    THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                        var thread = new Thread(task, "http");
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
            server.setExecutor(threads);
            server.start();
            return new HttpEndpoint(server, threads);
        } catch (IOException | RuntimeException e) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "This address cannot be listened on: " + e.getMessage(),
                    Map.of("address", address),
                    "Choose a free port of this machine, or 0 for any.",
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** GET and HEAD of exactly this path. */
    public HttpEndpoint get(String path, Handler handler) {
        return on(path, "GET", handler);
    }

    /** POST to exactly this path. */
    public HttpEndpoint post(String path, Handler handler) {
        return on(path, "POST", handler);
    }

    private HttpEndpoint on(String path, String method, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                boolean head =
                        method.equals("GET") && exchange.getRequestMethod().equals("HEAD");
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, Answer.text(404, "Not found\n"), head);
                } else if (!head && !exchange.getRequestMethod().equals(method)) {
                    exchange.getResponseHeaders().set("Allow", method);
                    send(exchange, Answer.text(405, "Use " + method + "\n"), false);
                } else {
                    send(exchange, answer(exchange, handler), head);
                }
            }
        });
        return this;
    }

    private static Answer answer(HttpExchange exchange, Handler handler) {
        try {
            return handler.answer(exchange);
        } catch (ReplicationException e) {
            return Answer.text(503, e.getMessage() + "\n");
        } catch (IOException | RuntimeException e) {
            LOG.warn("A request failed path={}", exchange.getRequestURI().getPath(), e);
            return Answer.text(500, "The reason is in the log\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer, boolean head) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
        if (!head && answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
