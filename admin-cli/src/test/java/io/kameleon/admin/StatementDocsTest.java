package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code docs/statements.md} is what {@link StatementFormsIT} proves. */
class StatementDocsTest {
    private static final String WRITE_PROPERTY = "kameleon.docs.write";
    private static final Path DOCUMENT = Documents.root().resolve("docs").resolve("statements.md");
    /** Proved by tests of their own: online schema changes, DROP DATABASE, XA. */
    private static final List<Integer> ELSEWHERE = List.of(18, 58, 65);

    private static final int FORMS = 68;

    @Test
    void theDocumentListsTheFormsThatAreRun() throws IOException {
        String expected = markdown();
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.writeString(DOCUMENT, expected, UTF_8);
        }
        assertThat(Files.readString(DOCUMENT, UTF_8))
                .as("docs/statements.md differs from the forms; write it anew with: mvn -q -pl admin-cli -am test"
                        + " -Dtest=StatementDocsTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE_PROPERTY
                        + "=true")
                .isEqualTo(expected);
    }

    @Test
    void everyNumberOfTheListIsRun() {
        List<Integer> run = new ArrayList<>(ELSEWHERE);
        StatementForm.all().forEach(form -> run.add(form.number()));
        assertThat(run).containsAll(IntStream.rangeClosed(1, FORMS).boxed().toList());
    }

    private static String markdown() {
        var text = new StringBuilder("""
                # Statements

                What a statement of the source does to the replica. Each form is run on MySQL 9.7 and MariaDB 11.4 in several spellings
                (unqualified; qualified, with another default database; ANSI quotes; odd case; many lines and comments; executable comments;
                hostile names; tables outside the filter), streamed, and structure and rows of both sides are compared after every statement.
                This table is generated from the file that the test runs.

                *equal*: structure and rows are equal. *stops*: the table is disabled with a reason, and has to be copied again; the others go on.
                `kameleon ddl_explain` says of one statement what it would do.

                | Form | Servers | In PostgreSQL | Rows that are there | Result |
                |---|---|---|---|---|
                """);
        StatementForm.all().forEach(form -> text.append(row(form)));
        text.append("""

                Besides these:
                - gh-ost and pt-online-schema-change: the rows of their helper tables are not streamed, and the last swap is the difference between
                  the table's structures. It stops where the copied rows need not be the old ones: a new column with the current time as default,
                  columns that came and went in one change, a column that became `NOT NULL`, a lossy conversion, a new unique key on text.
                - `DROP DATABASE` drops the replicated tables of that database, not the schema in PostgreSQL, and never by `CASCADE`.
                - XA transactions arrive where they are committed, in the order of their commits. One that was prepared before the initial copy and
                  committed after it costs all tables of the source another copy, because its rows are not known.
                - A transaction that was rolled back in part over a table without transactions stops the tables that it had changed.
                """);
        return text.toString();
    }

    private static String row(StatementForm form) {
        String servers = form.server().equals("both") ? "both" : form.server().equals("mysql") ? "MySQL" : "MariaDB";
        var cells = Arrays.asList(form.title(), servers, form.translation(), form.oldRows(), form.outcome());
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
