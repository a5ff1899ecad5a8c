package io.kameleon.admin.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
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

    /** A text that is no JSON stays as it is. */
    static String of(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            var out = new StringBuilder(text.length());
            parser.nextToken();
            write(parser, out);
            return parser.nextToken() == null ? out.toString() : text;
        } catch (IOException e) {
            return text;
        }
    }

    private static void write(JsonParser parser, StringBuilder out) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("no value");
        }
        switch (token) {
            case START_OBJECT -> writeObject(parser, out);
            case START_ARRAY -> writeArray(parser, out);
            case VALUE_STRING -> writeString(parser.getText(), out);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.append(NumberForm.exact(parser.getText()));
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.append(token.asString());
            default -> throw new IOException("unexpected " + token);
        }
    }

    private static void writeObject(JsonParser parser, StringBuilder out) throws IOException {
        var members = new TreeMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = TextForms.withoutNul(parser.currentName());
            parser.nextToken();
            var value = new StringBuilder();
            write(parser, value);
            members.put(key, value.toString());
        }
        String separator = "{";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator);
            writeString(member.getKey(), out);
            out.append(':').append(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(JsonParser parser, StringBuilder out) throws IOException {
        out.append('[');
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!first) {
                out.append(',');
            }
            write(parser, out);
            first = false;
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(TextForms.withoutNul(text), out);
        out.append('"');
    }
}
