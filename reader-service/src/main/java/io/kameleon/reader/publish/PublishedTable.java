package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.RowDecoder;
import io.kameleon.reader.binlog.TableMap;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.Subjects;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;

/** One version of a replicated table, ready to publish its rows: decoder and registered schemas. One thread only. */
final class PublishedTable {
    /** Stands for the key schema of a table without an identity. */
    static final int NO_KEY = -1;

    private final TableId id;
    private final RowDecoder decoder;
    private final int envelopeSchemaId;
    private final int keySchemaId;
    private final byte[] sourceFacts;
    private long transaction = -1;
    private long rowsInTransaction;
    private long inserts;
    private long updates;
    private long deletes;

    private PublishedTable(TableId id, RowDecoder decoder, int envelopeSchemaId, int keySchemaId) {
        this.id = id;
        this.decoder = decoder;
        this.envelopeSchemaId = envelopeSchemaId;
        this.keySchemaId = keySchemaId;
        this.sourceFacts = EnvelopeWriter.tableFacts(id);
    }

    /**
     * @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED, TABLE_DEFINITION_MISMATCH (the table), or
     *     REGISTRY_UNREACHABLE (retry)
     */
    static PublishedTable of(
            String topic, SchemaIds schemaIds, TableDefinition definition, TableMap map, ZeroDateForm zeroDates) {
        RowDecoder decoder = RowDecoder.of(definition, map, zeroDates);
        RowSchemas schemas = RowSchemas.of(topic, definition);
        int keyId =
                schemas.key() == null ? NO_KEY : schemaIds.register(Subjects.of(topic, schemas.key()), schemas.key());
        int envelopeId = schemaIds.register(Subjects.of(topic, schemas.envelope()), schemas.envelope());
        return new PublishedTable(definition.id(), decoder, envelopeId, keyId);
    }

    TableId id() {
        return id;
    }

    RowDecoder decoder() {
        return decoder;
    }

    int envelopeSchemaId() {
        return envelopeSchemaId;
    }

    int keySchemaId() {
        return keySchemaId;
    }

    byte[] sourceFacts() {
        return sourceFacts;
    }

    /** Counts an image. @return whether it is the first since the tally was taken */
    boolean count(char op) {
        boolean first = (inserts | updates | deletes) == 0;
        switch (op) {
            case 'c' -> inserts++;
            case 'u' -> updates++;
            default -> deletes++;
        }
        return first;
    }

    TableTally takeTally() {
        var tally = new TableTally(inserts, updates, deletes, 0, 0);
        inserts = 0;
        updates = 0;
        deletes = 0;
        return tally;
    }

    /** The next row's number among this table's rows of the given source transaction, from 1. */
    long nextOrder(long currentTransaction) {
        if (transaction != currentTransaction) {
            transaction = currentTransaction;
            rowsInTransaction = 0;
        }
        return ++rowsInTransaction;
    }
}
