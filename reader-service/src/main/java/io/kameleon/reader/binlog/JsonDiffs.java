package io.kameleon.reader.binlog;

import io.kameleon.reader.binlog.JsonTree.Items;
import io.kameleon.reader.binlog.JsonTree.Member;
import io.kameleon.reader.binlog.JsonTree.Members;
import io.kameleon.reader.binlog.JsonTree.Node;
import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The changes of one JSON document that a partial update logs in place of the document ({@code binlog_row_value_options}).
 *
 * <p>Format (MySQL source, {@code json_diff.cc}): 4 bytes length, then per change an operation byte, the path with its packed
 * length, and, unless the value goes away, the new value in binary form with its packed length.
 */
final class JsonDiffs {
    private static final int REPLACE = 0;
    private static final int INSERT = 1;
    private static final int REMOVE = 2;

    private final ColumnPlace place;

    JsonDiffs(ColumnPlace place) {
        this.place = place;
    }

    /**
     * Reads the changes and makes them.
     *
     * @param document JSON text as {@link JsonText} writes it
     * @return the changed document, likewise
     * @throws io.kameleon.schemas.error.ReplicationException BINLOG_CORRUPT; VALUE_MALFORMED when a path leads nowhere
     */
    String apply(String document, BinlogInput in) {
        int end = in.read32LE() + in.position();
        if (end < in.position() || end > in.limit()) {
            throw BinlogInput.corrupt("JSON changes that end at " + end);
        }
        try {
            Node root = JsonTree.parse(document);
            while (in.position() < end) {
                root = applyNext(root, in);
            }
            var text = new StringBuilder(document.length() + 64);
            root.write(text);
            return text.toString();
        } catch (NoSuchElementException | IndexOutOfBoundsException | NumberFormatException e) {
            throw place.malformed("has a change of a JSON document that does not fit the document");
        }
    }

    private Node applyNext(Node root, BinlogInput in) {
        int operation = in.readUnsignedByte();
        int pathLength = in.readPackedLength();
        String path = new String(in.buffer(), in.skip(pathLength), pathLength, StandardCharsets.UTF_8);
        Node value = operation == REMOVE ? null : readValue(in);
        List<JsonPath.Leg> legs = JsonPath.parse(path);
        if (legs.isEmpty()) {
            return present(value);
        }
        Node parent = root;
        for (JsonPath.Leg leg : legs.subList(0, legs.size() - 1)) {
            parent = child(parent, leg);
        }
        change(operation, parent, legs.get(legs.size() - 1), value);
        return root;
    }

    private Node readValue(BinlogInput in) {
        int length = in.readPackedLength();
        int from = in.skip(length);
        var text = new AvroOutput(length + 16);
        new JsonText(place, in.buffer(), from, from + length, text).write();
        return JsonTree.parse(new String(text.buffer(), 0, text.size(), StandardCharsets.UTF_8));
    }

    private static Node child(Node parent, JsonPath.Leg leg) {
        if (parent instanceof Members object && leg.isMember()) {
            return present(object.members().get(leg.name())).value();
        }
        if (parent instanceof Items array && !leg.isMember()) {
            return array.items().get(leg.index());
        }
        throw new NoSuchElementException("no such part");
    }

    private static void change(int operation, Node parent, JsonPath.Leg leg, Node value) {
        if (parent instanceof Members object && leg.isMember()) {
            changeMember(operation, object, leg, value);
        } else if (parent instanceof Items array && !leg.isMember()) {
            switch (operation) {
                case REPLACE -> array.items().set(leg.index(), present(value));
                case INSERT ->
                    array.items().add(Math.min(leg.index(), array.items().size()), present(value));
                case REMOVE -> array.items().remove(leg.index());
                default -> throw new NoSuchElementException("operation " + operation);
            }
        } else {
            throw new NoSuchElementException("no such part");
        }
    }

    private static void changeMember(int operation, Members object, JsonPath.Leg leg, Node value) {
        Member known = object.members().get(leg.name());
        switch (operation) {
            case REPLACE ->
                object.members().put(leg.name(), new Member(present(known).quotedName(), present(value)));
            case INSERT -> object.members().put(leg.name(), new Member(leg.quotedName(), present(value)));
            case REMOVE -> {
                present(known);
                object.members().remove(leg.name());
            }
            default -> throw new NoSuchElementException("operation " + operation);
        }
    }

    private static <T> T present(T value) {
        if (value == null) {
            throw new NoSuchElementException("no value");
        }
        return value;
    }
}
