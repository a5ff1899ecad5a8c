package io.kameleon.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One form of statement with the statements that show it, from {@code statement-forms.sql}, which says how it is written.
 *
 * @param number in the list of forms, 1 to 68
 * @param server {@code both}, {@code mysql} or {@code mariadb}
 */
record StatementForm(
        int number,
        String server,
        String title,
        String translation,
        String oldRows,
        boolean plainOnly,
        List<Step> steps) {
    private static final String FILE = "statement-forms.sql";
    private static final String HEADER = "## ";
    private static final String PLAIN = "(plain)";

    StatementForm {
        steps = List.copyOf(steps);
    }

    /**
     * One statement.
     *
     * @param server as the form's
     */
    record Step(String text, String server, End end) {}

    /** What a statement leaves behind. */
    enum End {
        EQUAL,
        /** The table is no longer followed, and there is a reason. */
        STOPPED
    }

    boolean isFor(SourceKind kind) {
        return isFor(server, kind);
    }

    List<Step> steps(SourceKind kind) {
        return steps.stream().filter(step -> isFor(step.server(), kind)).toList();
    }

    /** {@code equal}, or {@code stops} when the table does. */
    String outcome() {
        return steps.stream().anyMatch(step -> step.end() == End.STOPPED) ? "stops" : "equal";
    }

    /** Whether its statements have to run in a session of their own. */
    boolean changesSession() {
        return steps.stream()
                .anyMatch(step -> step.text().startsWith("SET ")
                        || step.text().startsWith("START ")
                        || step.text().startsWith("CREATE TEMPORARY "));
    }

    private static boolean isFor(String server, SourceKind kind) {
        return server.equals("both") || server.equalsIgnoreCase(kind.name());
    }

    static List<StatementForm> all() {
        var forms = new ArrayList<StatementForm>();
        for (String section : text().split("\n(?=## )")) {
            if (section.startsWith(HEADER)) {
                forms.add(parse(section));
            }
        }
        return forms;
    }

    private static StatementForm parse(String section) {
        int lineEnd = section.indexOf('\n');
        String[] header = section.substring(HEADER.length(), lineEnd).split(" \\| ");
        if (header.length != 5) {
            throw new AssertionError("not a header: " + section.substring(0, lineEnd));
        }
        var steps = new ArrayList<Step>();
        for (String statement : section.substring(lineEnd + 1).strip().split(";\n")) {
            steps.add(step(statement.endsWith(";") ? statement.substring(0, statement.length() - 1) : statement));
        }
        boolean plainOnly = header[2].endsWith(PLAIN);
        String title = header[2].replace(PLAIN, "").strip();
        return new StatementForm(Integer.parseInt(header[0]), header[1], title, header[3], header[4], plainOnly, steps);
    }

    private static Step step(String marked) {
        String text = marked.strip();
        String server = "both";
        End end = End.EQUAL;
        while (text.startsWith("@")) {
            String mark = text.substring(1, text.indexOf(' '));
            text = text.substring(mark.length() + 2);
            switch (mark) {
                case "mysql", "mariadb" -> server = mark;
                case "stops" -> end = End.STOPPED;
                default -> throw new AssertionError("unknown mark @" + mark);
            }
        }
        return new Step(text, server, end);
    }

    private static String text() {
        try (InputStream in = StatementForm.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
