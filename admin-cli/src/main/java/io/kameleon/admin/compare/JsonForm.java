package io.kameleon.admin.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.kameleon.replay.row.NulPolicy;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in one spelling: keys sorted, the last of equal keys, numbers exact, no space, no NUL. Every digit counts: 0.1 and
 * 0.10000000000000001 differ, 1.0 and 1 do not.
 */
final class JsonForm {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonForm() {}

    /** Without NUL characters. */
    static String of(String text) {
        return of(text, NulPolicy.STRIP);
    }

    /** A text that is no JSON stays as it is. */
    static String of(String text, NulPolicy nul) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            var out = new StringBuilder(text.length());
            parser.nextToken();
            write(parser, out, nul);
            return parser.nextToken() == null ? out.toString() : text;
        } catch (IOException e) {
            return text;
        }
    }

    private static void write(JsonParser parser, StringBuilder out, NulPolicy nul) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("no value");
        }
        switch (token) {
            case START_OBJECT -> writeObject(parser, out, nul);
            case START_ARRAY -> writeArray(parser, out, nul);
            case VALUE_STRING -> writeString(parser.getText(), out, nul);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(NumberForm.exact(parser.getText()));
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.append(token.asString());
            default -> throw new IOException("unexpected " + token);
        }
    }

    private static void writeObject(JsonParser parser, StringBuilder out, NulPolicy nul) throws IOException {
        var members = new TreeMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = TextForms.stored(parser.currentName(), nul);
            parser.nextToken();
            var value = new StringBuilder();
            write(parser, value, nul);
            members.put(key, value.toString());
        }
        String separator = "{";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator);
            writeString(member.getKey(), out, nul);
            out.append(':').append(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(JsonParser parser, StringBuilder out, NulPolicy nul) throws IOException {
        out.append('[');
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!first) {
                out.append(',');
            }
            write(parser, out, nul);
            first = false;
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out, NulPolicy nul) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(TextForms.stored(text, nul), out);
        out.append('"');
    }
}
