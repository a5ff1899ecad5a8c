package io.kameleon.benchmarks.measure;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was moved while it was watched: from the first sight of a moved row to that of the last one. Rows that were there
 * already at the first sight are not counted in {@code rows}.
 *
 * @param rows               moved between the first and the last sight
 * @param seconds            between the two
 * @param cpuMicros          user and system time of the contender's processes between the two
 * @param cpuTotalMicros     of the same processes since they started
 * @param peakBytes          greatest resident memory of all the contender's processes together, sampled
 * @param serverCpuMicros    of each server between the two, by its name
 * @param startSeconds       from the beginning of the watch, when the processes had just been started, to the first sight
 */
public record Activity(
        long rows,
        double seconds,
        long cpuMicros,
        long cpuTotalMicros,
        long peakBytes,
        Map<String, Long> serverCpuMicros,
        double startSeconds) {
    public Activity {
        serverCpuMicros = Map.copyOf(new TreeMap<>(serverCpuMicros));
    }

    /** 0 when nothing was moved in measurable time. */
    public double rowsPerSecond() {
        return seconds > 0 ? rows / seconds : 0;
    }

    public double cpuMicrosPerRow() {
        return rows > 0 ? cpuMicros / (double) rows : 0;
    }
}
