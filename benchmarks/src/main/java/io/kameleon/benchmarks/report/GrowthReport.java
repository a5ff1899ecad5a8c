package io.kameleon.benchmarks.report;

import io.kameleon.benchmarks.measure.Spread;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** How time per row changes with size: one table of Markdown for all dimensions. */
public final class GrowthReport {
    private GrowthReport() {}

    /**
     * One size.
     *
     * @param dimension what grows
     * @param outcomes  of all rounds
     */
    public record Point(String dimension, long size, List<Outcome> outcomes) {
        public Point {
            outcomes = List.copyOf(outcomes);
        }

        OptionalDouble median(Stage stage, ToDoubleFunction<StageResult> value) {
            List<Double> values = outcomes.stream()
                    .filter(outcome -> outcome.stage() == stage && outcome.isValid())
                    .map(outcome -> value.applyAsDouble(outcome.result().orElseThrow()))
                    .toList();
            return values.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Spread.of(values).median());
        }
    }

    /** The ratio stands against the smallest size of the dimension; COLUMNS is compared per column. */
    public static String of(List<Point> points) {
        var text = new StringBuilder("# Growth\n\n"
                + "| what grows | to | read µs/row | ratio | CPU | replay µs/row | ratio | CPU | first row after s | MB read, replay |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        Map<String, Double> first = new HashMap<>();
        for (Point point : points) {
            text.append(String.format(Locale.ROOT, "| %s | %,d |", point.dimension, point.size));
            stage(text, point, Stage.READ, first);
            stage(text, point, Stage.APPLY, first);
            text.append(figure(
                            point.median(Stage.READ, result -> result.activity().startSeconds()), "%.1f"))
                    .append(" |")
                    .append(figure(memory(point, Stage.READ), "%.0f,"))
                    .append(figure(memory(point, Stage.APPLY), "%.0f"))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static OptionalDouble memory(Point point, Stage stage) {
        return point.median(stage, result -> result.activity().peakBytes() / (double) (1 << 20));
    }

    private static void stage(StringBuilder text, Point point, Stage stage, Map<String, Double> first) {
        OptionalDouble micros = point.median(stage, GrowthReport::microsPerRow);
        OptionalDouble cpu = point.median(stage, result -> result.activity().cpuMicrosPerRow());
        OptionalDouble ratio = OptionalDouble.empty();
        if (micros.isPresent() && micros.getAsDouble() > 0) {
            double comparable = micros.getAsDouble() / (point.dimension.equals("COLUMNS") ? point.size : 1);
            double base = first.computeIfAbsent(point.dimension + stage, key -> comparable);
            ratio = OptionalDouble.of(comparable / base);
        }
        text.append(figure(micros, "%.2f")).append(" |");
        text.append(figure(ratio, "%.2f")).append(" |");
        text.append(figure(cpu, "%.2f")).append(" |");
    }

    private static double microsPerRow(StageResult result) {
        double speed = result.activity().rowsPerSecond();
        return speed > 0 ? 1e6 / speed : 0;
    }

    private static String figure(OptionalDouble value, String format) {
        return value.isPresent() ? " " + String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }
}
