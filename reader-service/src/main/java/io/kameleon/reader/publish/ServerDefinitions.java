package io.kameleon.reader.publish;

import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.ShowCreateParser;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;

/** How a server's definitions are read: the same way for the copy, the stream's start and the stream. */
public final class ServerDefinitions {
    private ServerDefinitions() {}

    /** Makes definitions of {@code SHOW CREATE TABLE}; asks the server where that is not enough, so it lasts as long as the connection. */
    public static ShowCreateParser parser(SourceServer server) {
        ServerFacts facts = server.facts();
        return new ShowCreateParser(
                dialect(facts),
                NameCase.of(facts.lowerCaseTableNames()),
                charsets(facts),
                new DefinitionReader(server)::label);
    }

    static ServerDialect dialect(ServerFacts facts) {
        return ServerDialect.of(facts.version() + (facts.isMariaDb() ? "-MariaDB" : ""));
    }

    static Charsets charsets(ServerFacts facts) {
        return Charsets.of(dialect(facts), facts.defaultCollations(), facts.defaultCollation());
    }
}
