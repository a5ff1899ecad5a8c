package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code docs/metrics.md}: a row for every metric, its name in back quotes first. */
final class MetricsDocument {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");

    private static final Pattern MACHINE = Pattern.compile("^(jvm|process|system)_(?!gc_(pause|concurrent))");

    private MetricsDocument() {}

    /** Every name as Prometheus has it, histograms without their suffixes. */
    static Set<String> names() throws IOException {
        var names = new TreeSet<String>();
        var rows = ROW.matcher(Files.readString(Documents.root().resolve("docs").resolve("metrics.md"), UTF_8));
        while (rows.find()) {
            names.add(rows.group(1));
        }
        return names;
    }

    /** @param scraped what {@code /metrics} answered */
    static void assertDocumented(String scraped) throws IOException {
        Set<String> found = found(scraped);
        assertThat(found).isNotEmpty();
        found.removeAll(names());
        assertThat(found).as("metrics that docs/metrics.md lacks").isEmpty();
    }

    /** Those of the Java machine do not wait for anything to happen, but for some of its garbage collector's. */
    static void assertMachineIsMeasured(String scraped) throws IOException {
        Set<String> documented = names();
        documented.removeIf(name -> !MACHINE.matcher(name).find());
        assertThat(documented).hasSizeGreaterThan(20);
        documented.removeAll(found(scraped));
        assertThat(documented)
                .as("metrics of docs/metrics.md that no process has")
                .isEmpty();
    }

    private static Set<String> found(String scraped) {
        var found = new TreeSet<String>();
        var types = TYPE.matcher(scraped);
        while (types.find()) {
            found.add(types.group(1));
        }
        return found;
    }
}
