package io.kameleon.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * The execution samples of a flight recording, by thread. A sample is about 10 ms (20 ms with the default settings) of a thread that runs
 * Java code; what runs outside of Java (garbage collection, compilation, the kernel) is not in them.
 */
public final class ProfileFile {
    private static final Set<String> SAMPLES = Set.of("jdk.ExecutionSample");
    private static final int TOP_FRAMES = 25;
    /** A place is shown from one sample in so many of its thread's, a thread from one in so many of all. */
    private static final int SHARE_SHOWN = 100;

    private static final int THREADS_SHOWN = 25;

    private final Map<String, Map<String, Long>> stacks;

    private ProfileFile(Map<String, Map<String, Long>> stacks) {
        this.stacks = stacks;
    }

    public static ProfileFile read(Path recording) throws IOException {
        var stacks = new TreeMap<String, Map<String, Long>>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (SAMPLES.contains(event.getEventType().getName()) && event.getStackTrace() != null) {
                    RecordedThread thread = event.getThread("sampledThread");
                    String name = thread == null ? "?" : thread.getJavaName();
                    stacks.computeIfAbsent(String.valueOf(name), key -> new HashMap<>())
                            .merge(collapse(event.getStackTrace().getFrames()), 1L, Long::sum);
                }
            }
        }
        return new ProfileFile(stacks);
    }

    /** Outermost first, as flame graphs are drawn. */
    private static String collapse(List<RecordedFrame> frames) {
        Deque<String> names = new ArrayDeque<>();
        for (RecordedFrame frame : frames) {
            names.addFirst(name(frame));
        }
        return String.join(";", names);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** A line for each different stack, as {@code thread;outermost;...;innermost COUNT}: what flame graph programs read. */
    public List<String> collapsed() {
        return stacks.entrySet().stream()
                .flatMap(thread -> thread.getValue().entrySet().stream()
                        .map(stack ->
                                thread.getKey().replace(';', '_') + ";" + stack.getKey() + " " + stack.getValue()))
                .sorted()
                .toList();
    }

    /** Samples per thread, and of each busy thread the innermost frames with the most samples. */
    public String topFrames() {
        var text = new StringBuilder();
        long all = stacks.values().stream().mapToLong(ProfileFile::sum).sum();
        stacks.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Map<String, Long>> thread) -> sum(thread.getValue()))
                        .reversed())
                .filter(thread -> sum(thread.getValue()) * THREADS_SHOWN >= all)
                .forEach(thread -> thread(text, thread.getKey(), thread.getValue(), all));
        return text.toString();
    }

    private static void thread(StringBuilder text, String name, Map<String, Long> samples, long all) {
        long own = sum(samples);
        text.append(String.format(
                Locale.ROOT, "%n%s: %d samples, %.0f %% of all%n", name, own, 100.0 * own / Math.max(1, all)));
        list(text, " itself", samples, own, ProfileFile::innermost);
        list(text, " with all that it calls, in the product's own code", samples, own, ProfileFile::innermostOwn);
    }

    private static void list(
            StringBuilder text, String title, Map<String, Long> samples, long own, UnaryOperator<String> place) {
        text.append(title).append(String.format(":%n"));
        Map<String, Long> places = samples.entrySet().stream()
                .collect(Collectors.groupingBy(
                        stack -> place.apply(stack.getKey()), Collectors.summingLong(Map.Entry::getValue)));
        places.entrySet().stream()
                .filter(frame -> frame.getValue() * SHARE_SHOWN >= own)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP_FRAMES)
                .forEach(frame -> text.append(String.format(
                        Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * frame.getValue() / own, frame.getKey())));
    }

    private static String innermost(String stack) {
        return stack.substring(stack.lastIndexOf(';') + 1);
    }

    /** The innermost frame of the product; the whole stack's innermost where there is none. */
    private static String innermostOwn(String stack) {
        String[] frames = stack.split(";", -1);
        for (int i = frames.length - 1; i >= 0; i--) {
            if (frames[i].startsWith("io.kameleon.")) {
                return frames[i];
            }
        }
        return "(none) " + frames[0];
    }

    private static long sum(Map<String, Long> samples) {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }
}
