package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TableId;

/** Where a label of an ENUM or SET column is asked for that SHOW CREATE TABLE does not show as it is. */
@FunctionalInterface
public interface LabelSource {
    /**
     * @param value the number of an ENUM's label, or the mask of a SET's: what the column has to be set to
     * @return the label as the server has it
     * @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED when the server cannot be made to tell it
     */
    String label(TableId table, String column, String value);
}
