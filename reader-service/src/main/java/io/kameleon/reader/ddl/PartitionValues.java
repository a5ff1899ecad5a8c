package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.Partitioning.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Reads one value of a partition's bound; what only the source can compute is {@link Value#UNKNOWN}. Stateless. */
final class PartitionValues {
    /** {@code TO_DAYS('1970-01-01')}. */
    static final long DAYS_BEFORE_EPOCH = 719_528;

    private static final int DATE_LENGTH = "2020-01-01".length();

    private PartitionValues() {}

    static Value of(List<Token> tokens) {
        return switch (tokens.size()) {
            case 1 -> single(tokens.get(0));
            case 2 -> pair(tokens.get(0), tokens.get(1));
            case 4 -> call(tokens);
            default -> Value.UNKNOWN;
        };
    }

    private static Value single(Token token) {
        if (token.isWord("NULL")) {
            return Value.NULL;
        }
        if (token.isWord("MAXVALUE")) {
            return Value.MAXVALUE;
        }
        return switch (token.kind()) {
            case NUMBER -> number(token.text());
            case STRING -> new Value(Value.Kind.TEXT, token.text());
            default -> Value.UNKNOWN;
        };
    }

    private static Value pair(Token first, Token second) {
        if (first.isSymbol('-') && second.kind() == Token.Kind.NUMBER) {
            return number("-" + second.text());
        }
        boolean literal = first.isWord("DATE") || first.isWord("TIMESTAMP");
        return literal && second.kind() == Token.Kind.STRING
                ? new Value(Value.Kind.TEXT, second.text())
                : Value.UNKNOWN;
    }

    private static Value number(String text) {
        return text.matches("-?[0-9]+") ? new Value(Value.Kind.NUMBER, text) : Value.UNKNOWN;
    }

    /** {@code TO_DAYS('2020-01-01')}: the server shows the number. */
    private static Value call(List<Token> tokens) {
        boolean date = tokens.get(1).isSymbol('(')
                && tokens.get(2).kind() == Token.Kind.STRING
                && tokens.get(2).text().length() >= DATE_LENGTH
                && tokens.get(3).isSymbol(')');
        if (!date) {
            return Value.UNKNOWN;
        }
        try {
            LocalDate day = LocalDate.parse(tokens.get(2).text().substring(0, DATE_LENGTH));
            return switch (tokens.get(0).text().toLowerCase(Locale.ROOT)) {
                case "to_days" -> number(String.valueOf(day.toEpochDay() + DAYS_BEFORE_EPOCH));
                case "year" -> number(String.valueOf(day.getYear()));
                default -> Value.UNKNOWN;
            };
        } catch (DateTimeException notADate) {
            return Value.UNKNOWN;
        }
    }
}
