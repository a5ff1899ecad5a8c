package io.kameleon.admin.compare;

import io.kameleon.schemas.table.TableId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Progress as one line of a terminal that is drawn again and wiped out at the end; silent elsewhere. Thread-safe. */
public final class CompareConsole implements CompareProgress, AutoCloseable {
    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final String WIPE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private long drawnNanos = System.nanoTime();
    private boolean drawn;

    public CompareConsole(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void rows(TableId table, long sourceRows, long destinationRows, long rowsEstimated) {
        long now = System.nanoTime();
        if (!terminal || now - drawnNanos < REDRAW_NANOS) {
            return;
        }
        drawnNanos = now;
        drawn = true;
        out.print(WIPE
                + String.format(
                        Locale.ROOT,
                        "Comparing %s: %,d and %,d of about %,d rows",
                        table,
                        sourceRows,
                        destinationRows,
                        rowsEstimated));
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (drawn) {
            out.print(WIPE);
            out.flush();
            drawn = false;
        }
    }
}
