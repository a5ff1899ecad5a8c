package io.kameleon.admin;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way to write one and the same statement. */
enum Spelling {
    PLAIN("unqualified"),
    QUALIFIED("qualified, another default database"),
    ANSI("ANSI quotes"),
    ODD_CASE("odd case"),
    COMMENTED("many lines, comments inside"),
    EXECUTABLE("executable comment"),
    HOSTILE("hostile names"),
    OUTSIDE("table outside the filter");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?:\\{(db|odb|xdb)}\\.)?\\{([tuvox])}|\\{(db|odb|xdb|n)}");
    private static final String[] BLANKS = {" /* it's; ` \" */\n\t", "\n-- don't; drop\n", " # \"x\n  ", "\r\n"};

    private final String title;

    Spelling(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Where unqualified names lie. @param schemas by placeholder: db, odb, xdb */
    String defaultDatabase(Map<String, String> schemas) {
        return schemas.get(this == QUALIFIED ? "xdb" : "db");
    }

    /** @param letter of the placeholder */
    String tableName(char letter, int number) {
        return switch (this) {
            case HOSTILE -> letter + "." + number + " \"it's\"; `Ä漢` --";
            case OUTSIDE -> "skipped_" + letter + number;
            case PLAIN, QUALIFIED, ANSI, ODD_CASE, COMMENTED, EXECUTABLE -> "" + letter + number;
        };
    }

    String write(String statement, Map<String, String> schemas, int number) {
        String named = names(this == ODD_CASE ? oddCase(statement) : statement, schemas, number);
        return switch (this) {
            case ANSI -> named.replace('`', '"');
            case COMMENTED -> commented(named);
            case EXECUTABLE -> "/*!50001 " + named + " */";
            case PLAIN, QUALIFIED, ODD_CASE, HOSTILE, OUTSIDE -> named;
        };
    }

    private String names(String statement, Map<String, String> schemas, int number) {
        Matcher matcher = PLACEHOLDER.matcher(statement);
        var text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(name(matcher, schemas, number)));
        }
        return matcher.appendTail(text).toString();
    }

    private String name(Matcher found, Map<String, String> schemas, int number) {
        if (found.group(3) != null) {
            return found.group(3).equals("n") ? String.valueOf(number) : quoted(schemas.get(found.group(3)));
        }
        String table = quoted(tableName(found.group(2).charAt(0), number));
        if (found.group(1) != null) {
            return quoted(schemas.get(found.group(1))) + "." + table;
        }
        return this == QUALIFIED ? quoted(schemas.get("db")) + " . " + table : table;
    }

    private String quoted(String name) {
        return this == PLAIN || this == ODD_CASE ? name : "`" + name.replace("`", "``") + "`";
    }

    /** Letters of each word alternate, outside of quotes and braces. */
    private static String oddCase(String statement) {
        var text = new StringBuilder();
        char quote = 0;
        int inWord = 0;
        for (char c : statement.toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                text.append(c);
            } else if (c == '\'' || c == '"' || c == '`' || c == '{') {
                quote = c == '{' ? '}' : c;
                text.append(c);
            } else {
                inWord = Character.isLetter(c) ? inWord + 1 : 0;
                String letter = String.valueOf(c);
                text.append(inWord % 2 == 1 ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static String commented(String statement) {
        var text = new StringBuilder(" /* don't */ ");
        char quote = 0;
        int blanks = 0;
        for (char c : statement.toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                text.append(c);
            } else if (c == ' ') {
                text.append(BLANKS[blanks++ % BLANKS.length]);
            } else {
                quote = c == '\'' || c == '"' || c == '`' ? c : 0;
                text.append(c);
            }
        }
        return text.append(" -- end").toString();
    }
}
