package io.kameleon.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Processor time and memory of processes and all that they have started, from Linux's {@code /proc}. A process that has ended
 * counts nothing: take the last reading before its end.
 *
 * @param cpuMicros     user and system, of the processes and of their ended children
 * @param residentBytes now; memory that processes share is counted once for each
 */
public record ProcessUsage(long cpuMicros, long residentBytes) {
    /** Linux's USER_HZ: 100 on every architecture that this runs on. */
    private static final long TICK_MICROS = TimeUnit.SECONDS.toMicros(1) / 100;

    private static final int UTIME = 11;
    private static final int PAGE_BYTES = 4096;

    /** Of the given processes and their descendants. */
    public static ProcessUsage of(Collection<ProcessHandle> roots) {
        long cpu = 0;
        long resident = 0;
        for (ProcessHandle root : roots) {
            List<ProcessHandle> tree =
                    Stream.concat(Stream.of(root), root.descendants()).toList();
            for (ProcessHandle process : tree) {
                cpu += cpuMicros(process.pid());
                resident += residentBytes(process.pid());
            }
        }
        return new ProcessUsage(cpu, resident);
    }

    /** Processor time alone: of one process and its descendants. */
    static long cpuMicros(ProcessHandle root) {
        return of(List.of(root)).cpuMicros;
    }

    private static long cpuMicros(long pid) {
        // The name in parentheses may hold spaces; the fields after it do not.
        String stat = read(pid, "stat");
        int end = stat.lastIndexOf(')');
        if (end < 0) {
            return 0;
        }
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long ticks = 0;
        for (int field = UTIME; field < UTIME + 4; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * TICK_MICROS;
    }

    private static long residentBytes(long pid) {
        String statm = read(pid, "statm");
        return statm.isEmpty() ? 0 : Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
