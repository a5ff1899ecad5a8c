package io.kameleon.admin.copy;

import io.kameleon.schemas.table.TableId;

/** Hears how a copy goes. Called from several threads. */
public interface CopyProgress {
    /** @param rowsEstimated by the server's statistics */
    void started(int tables, long rowsEstimated);

    void rows(TableId table, long more);

    /** The rows are there; indexes follow. */
    void tableLoaded(TableId table, long rows);

    void tableDone(TableId table);

    /** Anything else that an operator should know. */
    void note(String text);

    void ended();
}
