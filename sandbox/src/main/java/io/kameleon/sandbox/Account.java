package io.kameleon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user that a child process runs as. */
enum Account {
    /** The user of this process. */
    SAME,
    /**
     * The user of this process, but the user {@code nobody} when this one is root: PostgreSQL refuses to run as root. It
     * keeps root's right to pass directories, because test directories are closed to others.
     */
    NOT_ROOT;

    /** The user id that Debian gives to {@code nobody}. */
    static final int NOBODY = 65_534;

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** What stands before a command so that it runs as this user and dies with the thread that starts it. */
    List<String> prefix() {
        boolean drops = this == NOT_ROOT && isRoot();
        if (!Files.isExecutable(SETPRIV)) {
            if (drops) {
                throw new SandboxException("PostgreSQL does not run as root, and " + SETPRIV
                        + " of util-linux is missing. Install it, or use an ordinary user.");
            }
            return List.of();
        }
        if (!drops) {
            return List.of(SETPRIV.toString(), "--pdeathsig", "KILL");
        }
        return List.of(
                SETPRIV.toString(),
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                // Without it access(2), which initdb asks, denies what open(2) grants.
                "--securebits=+no_setuid_fixup",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override",
                "--pdeathsig",
                "KILL");
    }

    /** Gives a directory of the caller's to this user. */
    void own(Path directory) {
        if (this == NOT_ROOT && isRoot()) {
            try {
                Files.setAttribute(directory, "unix:uid", NOBODY);
                Files.setAttribute(directory, "unix:gid", NOBODY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
