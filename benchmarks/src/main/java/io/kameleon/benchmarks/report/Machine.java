package io.kameleon.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where it ran.
 *
 * @param load of the last minute, before the first run: a machine with other work measures that work
 */
public record Machine(int cores, long memoryBytes, String processor, String kernel, double load) {
    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                number(value("/proc/meminfo", "MemTotal")) * 1024,
                value("/proc/cpuinfo", "model name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                loadNow());
    }

    Map<String, String> lines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("processor", cores + " cores, " + processor);
        lines.put("memory", (memoryBytes >> 20) + " MB");
        lines.put("system", kernel);
        lines.put("load at the start", String.valueOf(load));
        return lines;
    }

    private static double loadNow() {
        List<String> lines = lines("/proc/loadavg");
        return lines.isEmpty() ? -1 : Double.parseDouble(lines.get(0).split(" ", -1)[0]);
    }

    private static long number(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String value(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of(); // not Linux
        }
    }
}
