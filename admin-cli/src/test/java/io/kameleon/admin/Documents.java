package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown documents of the project, and what in them points where. */
final class Documents {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

    private Documents() {}

    /** The top level of the source tree, from the directory that Maven gives to a module's tests. */
    static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    static List<Path> all() throws IOException {
        var documents = new ArrayList<Path>();
        for (Path folder : List.of(root(), root().resolve("docs"), root().resolve("docs/decisions"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    /** Targets of links inside the project, as written; what stands in code is no link. */
    static List<String> links(Path document) throws IOException {
        Matcher matcher = LINK.matcher(prose(document));
        return matcher.results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                .toList();
    }

    /** Where a link leads to: a file or folder and, behind #, one of its headings. */
    static boolean resolves(Path document, String target) throws IOException {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
    }

    private static List<String> anchors(Path document) throws IOException {
        String text = FENCED.matcher(Files.readString(document, UTF_8)).replaceAll("");
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String prose(Path document) throws IOException {
        String text = FENCED.matcher(Files.readString(document, UTF_8)).replaceAll("");
        // A code span may be a link's text.
        return CODE.matcher(text).replaceAll("code");
    }
}
