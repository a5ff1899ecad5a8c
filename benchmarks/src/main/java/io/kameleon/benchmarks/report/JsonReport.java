package io.kameleon.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.measure.Latencies;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.StageResult;
import java.util.Map;

/** The report for programs: every run, not only medians. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    public static String of(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("started", report.started().toString());
        root.put("commit", report.commit());
        root.put("clean", report.isClean());
        strings(root.putObject("options"), report.options());
        ObjectNode machine = root.putObject("machine");
        machine.put("cores", report.machine().cores());
        machine.put("memory_bytes", report.machine().memoryBytes());
        machine.put("processor", report.machine().processor());
        machine.put("system", report.machine().kernel());
        machine.put("load_at_start", report.machine().load());
        strings(root.putObject("servers"), report.versions());
        strings(root.putObject("workloads"), report.workloads());
        ObjectNode configurations = root.putObject("configurations");
        report.configurations().forEach((name, settings) -> strings(configurations.putObject(name), settings));
        ArrayNode runs = root.putArray("runs");
        report.outcomes().forEach(outcome -> run(runs.addObject(), outcome));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void strings(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }

    private static void run(ObjectNode node, Outcome outcome) {
        node.put("workload", outcome.workload());
        node.put("stage", outcome.stage().name());
        node.put("contender", outcome.contender());
        node.put("round", outcome.round());
        node.put("valid", outcome.isValid());
        if (!outcome.failure().isEmpty()) {
            node.put("failure", outcome.failure());
        }
        outcome.differences().ifPresent(found -> found.forEach(node.putArray("differences")::add));
        outcome.result().ifPresent(result -> result(node, result));
    }

    private static void result(ObjectNode node, StageResult result) {
        Activity activity = result.activity();
        node.put("rows", activity.rows());
        node.put("seconds", activity.seconds());
        node.put("rows_per_second", activity.rowsPerSecond());
        node.put("cpu_micros", activity.cpuMicros());
        node.put("cpu_total_micros", activity.cpuTotalMicros());
        node.put("cpu_micros_per_row", activity.cpuMicrosPerRow());
        node.put("peak_bytes", activity.peakBytes());
        ObjectNode servers = node.putObject("server_cpu_micros");
        activity.serverCpuMicros().forEach(servers::put);
        result.latencies().ifPresent(latencies -> latencies(node.putObject("latency_millis"), latencies));
    }

    private static void latencies(ObjectNode node, Latencies latencies) {
        node.put("count", latencies.count());
        node.put("median", latencies.median());
        node.put("p95", latencies.p95());
        node.put("p99", latencies.p99());
        node.put("max", latencies.max());
    }
}
