package io.kameleon.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One form in one spelling, on tables of its own, a statement at a time. */
final class FormRun {
    private static final String LETTERS = "tuvo";

    private final StatementForm form;
    private final Spelling spelling;
    private final List<StatementForm.Step> steps;
    private final Map<String, String> schemas;
    private final int number;
    private final Connection session;
    private final List<String> failures = new ArrayList<>();
    private int next;

    /** @param session with the spelling's default database and sql_mode; this form's alone when it changes the session */
    FormRun(
            StatementForm form,
            Spelling spelling,
            SourceKind kind,
            Map<String, String> schemas,
            int number,
            Connection session) {
        this.form = form;
        this.spelling = spelling;
        this.steps = form.steps(kind);
        this.schemas = schemas;
        this.number = number;
        this.session = session;
    }

    StatementForm form() {
        return form;
    }

    Spelling spelling() {
        return spelling;
    }

    List<String> failures() {
        return failures;
    }

    boolean hasNext() {
        return next < steps.size() && failures.isEmpty();
    }

    void runNext() {
        String sql = spelling.write(steps.get(next).text(), schemas, number);
        next++;
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            failures.add("the source refuses: " + e.getMessage());
        }
    }

    /** Of the statement that ran last. */
    StatementForm.End end() {
        return steps.get(next - 1).end();
    }

    /** The tables that it may have touched, replicated or not, by schema placeholder. */
    Map<String, List<String>> tables() {
        var tables = new TreeMap<String, List<String>>();
        for (char letter : LETTERS.toCharArray()) {
            tables.computeIfAbsent(letter == 'o' ? "odb" : "db", s -> new ArrayList<>())
                    .add(spelling.tableName(letter, number));
        }
        return tables;
    }

    void fail(String what) {
        failures.add(what);
    }

    @Override
    public String toString() {
        String statement = next == 0 ? "" : spelling.write(steps.get(next - 1).text(), schemas, number);
        return form.number() + " " + form.title() + " [" + spelling.title() + "] after " + statement;
    }
}
