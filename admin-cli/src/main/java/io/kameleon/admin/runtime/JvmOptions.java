package io.kameleon.admin.runtime;

import java.util.List;

/** How Java is started for what runs for long. The launcher and the container's start give the same options. */
public final class JvmOptions {
    /**
     * Little memory beside the heap, and three times the calls that are usual before the optimizing compiler takes a method:
     * on two cores it takes a third of the first ten seconds, much of that for code that runs for each batch, not for each row.
     */
    public static final List<String> LONG_RUNNING = List.of(
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:Tier4MinInvocationThreshold=1800",
            "-XX:Tier4CompileThreshold=45000");

    private JvmOptions() {}
}
