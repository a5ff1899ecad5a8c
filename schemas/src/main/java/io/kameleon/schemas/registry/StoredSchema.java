package io.kameleon.schemas.registry;

/**
 * One version of a subject, as a record of the schema topic holds it.
 *
 * @param id      of the schema's text, whichever subjects hold it
 * @param version from 1, per subject
 * @param type    {@code AVRO}, or what another writer put there
 * @param text    the schema in canonical JSON
 * @param deleted no longer a version of the subject; rows written with it still need its id
 */
record StoredSchema(String subject, int version, int id, String type, SchemaText text, boolean deleted) {
    static final String AVRO = "AVRO";

    StoredSchema asDeleted() {
        return new StoredSchema(subject, version, id, type, text, true);
    }

    boolean isLive() {
        return !deleted;
    }
}
