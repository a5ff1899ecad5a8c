package io.kameleon.replay.ddl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and constants as PostgreSQL statements write them, safe for every name and text that MySQL accepts (F65). */
public final class SqlText {
    private SqlText() {}

    /**
     * A quoted identifier; case is kept.
     *
     * @throws ReplicationException NAME_CONFLICT for an empty name or one with a NUL, which PostgreSQL cannot hold
     */
    public static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new ReplicationException(
                    ErrorCode.NAME_CONFLICT,
                    "A name is empty or has a NUL character, which PostgreSQL cannot hold",
                    Map.of("name", name.replace("\0", "\\0")),
                    "Rename it on the source.");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code "schema"."name"}. */
    public static String qualified(String schema, String name) {
        return identifier(schema) + "." + identifier(name);
    }

    public static String identifiers(List<String> names) {
        return names.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    }

    /** A string constant, right whatever {@code standard_conforming_strings} says. NULs, which have no place, are left out. */
    public static String literal(String text) {
        String quoted = text.replace("\0", "").replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : " E'" + quoted.replace("\\", "\\\\") + "'";
    }

    /** A bytea constant. */
    public static String literal(byte[] bytes) {
        return "decode('" + HexFormat.of().formatHex(bytes) + "', 'hex')";
    }

    public static String literals(List<String> texts) {
        return texts.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }

    /** A text[] constant. */
    static String textArray(List<String> texts) {
        return "ARRAY[" + literals(texts) + "]::text[]";
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
