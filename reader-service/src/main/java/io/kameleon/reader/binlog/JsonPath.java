package io.kameleon.reader.binlog;

import io.kameleon.schemas.wire.AvroOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Paths into JSON documents as the server logs them: {@code $.a[1]."b c"}. */
final class JsonPath {
    private JsonPath() {}

    /**
     * One step.
     *
     * @param name  of a member, unescaped; null for an item of an array
     * @param index of the item; of no meaning for a member
     */
    record Leg(String name, int index) {
        boolean isMember() {
            return name != null;
        }

        /** The member's name as it stands in a document. */
        String quotedName() {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            var quoted = new AvroOutput(utf8.length + 8);
            new JsonScalars(quoted).writeString(utf8, 0, utf8.length);
            return new String(quoted.buffer(), 0, quoted.size(), StandardCharsets.UTF_8);
        }
    }

    /** @throws NoSuchElementException, or an {@link IndexOutOfBoundsException} or NumberFormatException, when it is no path */
    static List<Leg> parse(String path) {
        if (!path.startsWith("$")) {
            throw new NoSuchElementException("a path that does not start with $");
        }
        var legs = new ArrayList<Leg>();
        int at = 1;
        while (at < path.length()) {
            int end;
            if (path.charAt(at) == '[') {
                end = path.indexOf(']', at) + 1;
                legs.add(new Leg(null, Integer.parseInt(path, at + 1, end - 1, 10)));
            } else if (path.charAt(at) == '.' && path.charAt(at + 1) == '"') {
                end = endOfQuoted(path, at + 1);
                legs.add(new Leg(JsonTree.unquoted(path.substring(at + 1, end)), 0));
            } else if (path.charAt(at) == '.') {
                end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                legs.add(new Leg(path.substring(at + 1, end), 0));
            } else {
                throw new NoSuchElementException("a path with '" + path.charAt(at) + "'");
            }
            at = end;
        }
        return legs;
    }

    private static int endOfQuoted(String path, int from) {
        int at = from + 1;
        while (path.charAt(at) != '"') {
            at += path.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
