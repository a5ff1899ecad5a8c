package io.kameleon.benchmarks.kameleon;

import io.kameleon.admin.Kameleon;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands of the product in this process. */
public final class KameleonCommand {
    private KameleonCommand() {}

    /** @throws IllegalStateException with what it said, when it fails */
    public static void run(Path config, String... arguments) {
        var words = new StringWriter();
        var line = Kameleon.commandLine();
        line.setOut(new PrintWriter(words));
        line.setErr(new PrintWriter(words));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        if (line.execute(all.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("kameleon " + arguments[0] + " failed: " + words);
        }
    }
}
