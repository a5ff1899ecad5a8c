package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form of a statement that a log can hold, with what it does to the tracked tables. */
class StatementFormsTest {
    /** @param server both, mysql or mariadb */
    record Form(String number, String server, String expected, String statement) {
        @Override
        public String toString() {
            return number + " " + server + ": " + statement;
        }
    }

    static Stream<Form> forms() throws IOException {
        try (InputStream in = StatementFormsTest.class.getResourceAsStream("forms.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(StatementFormsTest::form)
                    .toList()
                    .stream();
        }
    }

    private static Form form(String line) {
        String[] parts = line.split(" \\| ", 4);
        assertThat(parts).as(line).hasSize(4);
        return new Form(parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip());
    }

    private static List<Tracked> servers(Form form) {
        var servers = new ArrayList<Tracked>();
        if (!form.server().equals("mariadb")) {
            servers.add(Tracked.on(Tracked.MYSQL));
        }
        if (!form.server().equals("mysql")) {
            servers.add(Tracked.on(Tracked.MARIADB));
        }
        return servers;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachFormHasItsEffect(Form form) {
        servers(form).forEach(s -> assertThat(s.apply(form.statement())).isEqualTo(form.expected()));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void lettersCaseBlanksAndCommentsDoNotMatter(Form form) {
        String odd = "/* x */" + form.statement().replace(" ", " /* don't */\n\t") + " # end";
        servers(form).forEach(s -> assertThat(s.apply(odd)).isEqualTo(form.expected()));
        String executable = "/*!50001 " + form.statement() + " */";
        servers(form).forEach(s -> assertThat(s.apply(executable)).isEqualTo(form.expected()));
        boolean quoted = form.statement().matches(".*['`\"].*");
        if (!quoted) {
            String lower = form.statement().toLowerCase(Locale.ROOT);
            servers(form).forEach(s -> assertThat(s.apply(lower)).isEqualTo(form.expected()));
        }
    }

    /** F26 */
    @ParameterizedTest
    @MethodSource("forms")
    void namesInAnsiQuotesAreNames(Form form) {
        String quoted = form.statement().replaceAll("\\b(t|s|items)\\b(?!'|\\.)", "\"$1\"");
        SessionContext session = SessionContext.of("shop", 0).withSqlMode(SqlMode.STRICT.withAnsiQuotes());
        servers(form).forEach(s -> assertThat(s.apply(quoted, session)).isEqualTo(form.expected()));
    }

    /** F27 */
    @ParameterizedTest
    @MethodSource("forms")
    void theSameInAnUntrackedSchemaIsNothing(Form form) {
        boolean namesTracked =
                form.statement().contains("stock") || form.statement().contains("shop");
        if (!namesTracked) {
            SessionContext elsewhere = SessionContext.of("elsewhere", 0);
            servers(form).forEach(s -> assertThat(s.apply(form.statement(), elsewhere))
                    .isEqualTo("nothing"));
        }
    }

    @Test
    void everyNumberOfTheListIsThere() throws IOException {
        List<String> numbers = forms().map(Form::number).distinct().toList();
        for (int number = 1; number <= 68; number++) {
            assertThat(numbers).contains(Integer.toString(number));
        }
    }
}
