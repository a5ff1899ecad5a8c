package io.kameleon.reader.binlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * A JSON document as {@link JsonText} writes it, taken apart into its containers so that parts of it can be changed. Leaves keep
 * their spelling. For documents of the source only: of another text nothing is promised but an exception or a wrong tree.
 */
final class JsonTree {
    /** The order in which the server keeps an object's members: by length in bytes, then by bytes. */
    private static final Comparator<String> MEMBER_ORDER = Comparator.comparing(
                    (String name) -> name.getBytes(StandardCharsets.UTF_8), (a, b) -> a.length - b.length)
            .thenComparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final String text;
    private int at;

    private JsonTree(String text) {
        this.text = text;
    }

    /** A value: a container, or the text of anything else. */
    sealed interface Node {
        void write(StringBuilder out);
    }

    record Leaf(String text) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append(text);
        }
    }

    /** @param items may be changed */
    record Items(List<Node> items) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append('[');
            for (int i = 0; i < items.size(); i++) {
                items.get(i).write(i == 0 ? out : out.append(", "));
            }
            out.append(']');
        }
    }

    /** @param members by name, unescaped; may be changed */
    record Members(Map<String, Member> members) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append('{');
            String separator = "";
            for (Member member : members.values()) {
                out.append(separator).append(member.quotedName()).append(": ");
                member.value().write(out);
                separator = ", ";
            }
            out.append('}');
        }
    }

    record Member(String quotedName, Node value) {}

    /** @throws NoSuchElementException when the text ends early or is not what the server writes */
    static Node parse(String text) {
        try {
            return new JsonTree(text).value();
        } catch (IndexOutOfBoundsException e) {
            throw new NoSuchElementException("the text ends early", e);
        }
    }

    static String unquoted(String quoted) {
        var plain = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(quoted, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    private Node value() {
        return switch (text.charAt(at)) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> new Leaf(string());
            default -> new Leaf(word());
        };
    }

    private Node members() {
        var members = new TreeMap<String, Member>(MEMBER_ORDER);
        at++;
        while (text.charAt(at) != '}') {
            String name = string();
            at += 2; // colon and space
            members.put(unquoted(name), new Member(name, value()));
            skipSeparator();
        }
        at++;
        return new Members(members);
    }

    private Node items() {
        var items = new ArrayList<Node>();
        at++;
        while (text.charAt(at) != ']') {
            items.add(value());
            skipSeparator();
        }
        at++;
        return new Items(items);
    }

    private void skipSeparator() {
        if (text.charAt(at) == ',') {
            at += 2;
        }
    }

    private String string() {
        int from = at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return text.substring(from, ++at);
    }

    private String word() {
        int from = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw new NoSuchElementException("no value at " + at);
        }
        return text.substring(from, at);
    }
}
