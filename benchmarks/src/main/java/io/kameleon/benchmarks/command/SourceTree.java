package io.kameleon.benchmarks.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The tree that the program was built from. */
final class SourceTree {
    private SourceTree() {}

    /** The commit, with a mark when files have changed since; {@code unknown} outside a git tree. */
    static String commit() {
        String launcher = System.getProperty("kameleon.launcher");
        Path home = launcher == null ? Path.of(".") : Path.of(launcher).getParent();
        try {
            Process git = new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !text.isEmpty() ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
