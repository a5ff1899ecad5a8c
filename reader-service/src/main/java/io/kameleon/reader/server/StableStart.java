package io.kameleon.reader.server;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a start without any lock: a position together with the definitions that hold exactly there (F28, F32).
 *
 * <p>Definitions, position, definitions: when both readings agree, no statement changed a table between them, so the
 * definitions are those of the position. A statement that is still running when the position is read ends after it and is
 * in the stream; one that the position includes holds its metadata lock until it is visible, so that the second reading
 * waits for it.
 */
public final class StableStart {
    /** Migrations that change tables without a break for this many readings are not worked around. */
    static final int ATTEMPTS = 20;

    private static final Pattern AUTO_INCREMENT = Pattern.compile("(\\n\\) ENGINE=\\w+.*?) AUTO_INCREMENT=\\d+");

    private final SourceServer server;
    private final BiFunction<TableId, String, TableDefinition> parser;

    /** @param parser makes a definition of {@code SHOW CREATE TABLE}; a table that it refuses is in {@link Start#refused} */
    public StableStart(SourceServer server, BiFunction<TableId, String, TableDefinition> parser) {
        this.server = server;
        this.parser = parser;
    }

    /** All tables of the schemas. @throws ReplicationException TIMED_OUT when the tables keep changing */
    public Start find(Collection<String> schemas) {
        var definitions = new DefinitionReader(server);
        return find(() -> definitions.definitions(schemas));
    }

    /** One table, which is missing in the answer when the server has none of that name. @throws ReplicationException likewise */
    public Start find(TableId table) {
        var definitions = new DefinitionReader(server);
        return find(() -> {
            String text = definitions.definition(table);
            return text == null ? Map.of() : Map.of(table, text);
        });
    }

    private Start find(Supplier<Map<TableId, String>> reading) {
        var positions = new BinlogPositions(server);
        Map<TableId, String> before = reading.get();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            SourcePosition position = positions.start();
            Map<TableId, String> after = reading.get();
            if (comparable(before).equals(comparable(after))) {
                return parse(after, position);
            }
            before = after;
        }
        throw new ReplicationException(
                ErrorCode.TIMED_OUT,
                "The tables kept changing while their definitions were read " + ATTEMPTS + " times",
                server.address().where(),
                "Start again when no migration runs on the source.");
    }

    private Start parse(Map<TableId, String> texts, SourcePosition position) {
        var parsed = new TreeMap<TableId, TableDefinition>();
        var refused = new TreeMap<TableId, ReplicationException>();
        texts.forEach((id, text) -> {
            try {
                parsed.put(id, parser.apply(id, text));
            } catch (ReplicationException e) {
                refused.put(id, e);
            }
        });
        return new Start(position, parsed, refused);
    }

    private static Map<TableId, String> comparable(Map<TableId, String> texts) {
        var comparable = new TreeMap<TableId, String>();
        texts.forEach((id, text) -> comparable.put(id, withoutCounter(text)));
        return comparable;
    }

    /** The next AUTO_INCREMENT value moves with every insert and is no change of the table. */
    static String withoutCounter(String showCreate) {
        Matcher option = AUTO_INCREMENT.matcher(showCreate);
        return option.find() ? option.replaceFirst("$1") : showCreate;
    }

    /**
     * Where a stream starts and what the tables look like there.
     *
     * @param position from {@link BinlogPositions#start()}, with the limits said there
     * @param refused  tables whose definition the parser does not take, with its reason
     */
    public record Start(
            SourcePosition position,
            Map<TableId, TableDefinition> definitions,
            Map<TableId, ReplicationException> refused) {
        public Start {
            definitions = Map.copyOf(definitions);
            refused = Map.copyOf(refused);
        }
    }
}
