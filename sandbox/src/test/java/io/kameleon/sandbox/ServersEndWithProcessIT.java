package io.kameleon.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ServersEndWithProcessIT {
    private static final String READY = "ready";

    @TempDir
    private Path temporary;

    @Test
    void aKilledProcessLeavesNoServerBehind() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersEndWithProcessIT.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            awaitReady(process);
            List<ProcessHandle> servers = process.descendants().toList();
            assertThat(servers).hasSizeGreaterThan(1);
            process.destroyForcibly().waitFor();
            for (ProcessHandle server : servers) {
                server.onExit().get(30, SECONDS);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.equals(READY)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(READY);
    }

    /** The process that is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        try (SandboxMariaDb mariaDb = SandboxMariaDb.startIn(directory.resolve("mariadb"));
                SandboxPostgres postgres = SandboxPostgres.startIn(directory.resolve("postgres"))) {
            System.out.println(mariaDb.port() + " " + postgres.port());
            System.out.println(READY);
            new CountDownLatch(1).await();
        }
    }
}
