package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.server.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Apache Flink as Maven Central has it (about 160 MB), and a program for it that runs from its source. */
record FlinkInstallation(Path directory) {
    private static final List<String> OPENS = List.of("java.lang", "java.util", "java.time", "java.nio", "java.math");

    /** Fetches it into the directory. */
    static FlinkInstallation fetch(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path pom = copy("flink.xml", directory.resolve("pom.xml"));
        var command = new ArrayList<>(List.of("mvn", "-q", "-B", "-f", pom.toString(), "-Ddirectory=" + directory));
        Optional.ofNullable(System.getProperty("maven.repo.local"))
                .ifPresent(repository -> command.add("-Dmaven.repo.local=" + repository));
        command.add("package");
        try (ChildProcess maven = ChildProcess.start("mvn", directory.resolve("mvn.log"), command)) {
            maven.requireSuccess();
        }
        return new FlinkInstallation(directory);
    }

    /** The rows that a topic's changes leave, each as its values, joined by {@code |}; in the order of the first column. */
    List<String> rows(String brokers, String topic, String registry, String columns)
            throws IOException, InterruptedException {
        Path source = copy("FlinkReader.java.txt", directory.resolve("FlinkReader.java"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory.resolve("lib").resolve("*").toString()));
        OPENS.forEach(name -> command.addAll(List.of("--add-opens", "java.base/" + name + "=ALL-UNNAMED")));
        command.addAll(List.of(source.toString(), brokers, topic, registry, columns));
        Path output = directory.resolve("reader.log");
        try (ChildProcess reader = ChildProcess.start("flink", output, command)) {
            reader.requireSuccess();
        }
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("ROW "))
                .map(line -> line.substring("ROW ".length()))
                .toList();
    }

    private static Path copy(String resource, Path to) throws IOException {
        try (InputStream in = FlinkInstallation.class.getResourceAsStream(resource)) {
            return Files.write(to, in.readAllBytes());
        }
    }
}
