package io.kameleon.admin.copy;

import io.kameleon.schemas.table.TableId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Progress on a terminal as one line that is drawn again, elsewhere as a plain line now and then. Thread-safe. */
public final class ConsoleProgress implements CopyProgress {
    private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int BAR_WIDTH = 24;

    private final PrintWriter out;
    private final boolean terminal;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong drawnNanos = new AtomicLong();
    private volatile long rowsEstimated;
    private volatile int tables;
    private volatile long startNanos;

    public ConsoleProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void started(int tableCount, long estimate) {
        tables = tableCount;
        rowsEstimated = estimate;
        startNanos = System.nanoTime();
        drawnNanos.set(startNanos);
        print(String.format(Locale.ROOT, "Copying %d tables, about %,d rows", tableCount, estimate));
    }

    @Override
    public void rows(TableId table, long more) {
        rows.addAndGet(more);
        long now = System.nanoTime();
        long last = drawnNanos.get();
        if (now - last >= (terminal ? TERMINAL_NANOS : PLAIN_NANOS) && drawnNanos.compareAndSet(last, now)) {
            draw(now);
        }
    }

    private void draw(long now) {
        double seconds = (now - startNanos) / 1e9;
        long copied = rows.get();
        double rate = copied / Math.max(seconds, 0.001);
        double share = rowsEstimated == 0 ? 0 : Math.min(1, (double) copied / rowsEstimated);
        String left = share > 0.01 && share < 1
                ? String.format(Locale.ROOT, ", %d s left", Math.round(seconds / share - seconds))
                : "";
        String numbers = String.format(
                Locale.ROOT, "%d/%d tables, %,d rows, %,.0f rows/s%s", done.get(), tables, copied, rate, left);
        if (terminal) {
            int full = (int) Math.round(share * BAR_WIDTH);
            synchronized (out) {
                out.print("\r[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "] " + numbers + "\u001b[K");
                out.flush();
            }
        } else {
            print(numbers);
        }
    }

    @Override
    public void tableLoaded(TableId table, long count) {
        print(String.format(Locale.ROOT, "Loaded %s, %,d rows; building its indexes", table, count));
    }

    @Override
    public void tableDone(TableId table) {
        done.incrementAndGet();
    }

    @Override
    public void note(String text) {
        print("Note: " + text);
    }

    @Override
    public void ended() {
        if (startNanos != 0) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            print(String.format(
                    Locale.ROOT,
                    "%d/%d tables, %,d rows in %.1f s, %,.0f rows/s",
                    done.get(),
                    tables,
                    rows.get(),
                    seconds,
                    rows.get() / Math.max(seconds, 0.001)));
        }
    }

    private void print(String line) {
        synchronized (out) {
            out.println(terminal ? "\r" + line + "\u001b[K" : line);
            out.flush();
        }
    }
}
