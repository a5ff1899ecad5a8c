package io.kameleon.benchmarks.report;

import io.kameleon.benchmarks.measure.Latencies;
import io.kameleon.benchmarks.measure.Spread;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of one contender in one stage of one workload, put together. Only valid runs count; where there are none the
 * figures are empty.
 *
 * @param serverCpu microseconds per row, median, of each server
 * @param latency   medians of the rounds' percentiles
 */
record Summary(
        String workload,
        Stage stage,
        String contender,
        int runs,
        int valid,
        Optional<Spread> rowsPerSecond,
        Optional<Spread> cpuPerRow,
        Optional<Spread> peakMegabytes,
        Map<String, Double> serverCpu,
        Optional<Latencies> latency) {

    /** In the order in which they first ran. */
    static List<Summary> of(List<Outcome> outcomes) {
        var groups = new LinkedHashMap<List<Object>, List<Outcome>>();
        for (Outcome outcome : outcomes) {
            groups.computeIfAbsent(
                            List.of(outcome.workload(), outcome.stage(), outcome.contender()), key -> new ArrayList<>())
                    .add(outcome);
        }
        return groups.values().stream().map(Summary::summary).toList();
    }

    private static Summary summary(List<Outcome> runs) {
        Outcome any = runs.get(0);
        List<StageResult> valid = runs.stream()
                .filter(Outcome::isValid)
                .map(outcome -> outcome.result().orElseThrow())
                .toList();
        return new Summary(
                any.workload(),
                any.stage(),
                any.contender(),
                runs.size(),
                valid.size(),
                spread(valid, result -> result.activity().rowsPerSecond()),
                spread(valid, result -> result.activity().cpuMicrosPerRow()),
                spread(valid, result -> result.activity().peakBytes() / (double) (1 << 20)),
                serverCpu(valid),
                latency(valid));
    }

    private static Optional<Spread> spread(List<StageResult> results, ToDoubleFunction<StageResult> value) {
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Spread.of(results.stream().map(value::applyAsDouble).toList()));
    }

    private static Map<String, Double> serverCpu(List<StageResult> results) {
        var perServer = new LinkedHashMap<String, List<Double>>();
        for (StageResult result : results) {
            long rows = Math.max(1, result.activity().rows());
            result.activity().serverCpuMicros().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(server -> perServer
                            .computeIfAbsent(server.getKey(), key -> new ArrayList<>())
                            .add(server.getValue() / (double) rows));
        }
        var medians = new LinkedHashMap<String, Double>();
        perServer.forEach(
                (server, values) -> medians.put(server, Spread.of(values).median()));
        return medians;
    }

    private static Optional<Latencies> latency(List<StageResult> results) {
        List<Latencies> all =
                results.stream().flatMap(result -> result.latencies().stream()).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Latencies(
                all.stream().mapToLong(Latencies::count).sum(),
                median(all, Latencies::median),
                median(all, Latencies::p95),
                median(all, Latencies::p99),
                all.stream().mapToDouble(Latencies::max).max().getAsDouble()));
    }

    private static double median(List<Latencies> all, ToDoubleFunction<Latencies> value) {
        return Spread.of(all.stream().map(value::applyAsDouble).toList()).median();
    }
}
