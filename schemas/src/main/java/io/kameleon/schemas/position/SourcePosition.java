package io.kameleon.schemas.position;

import static java.util.Objects.requireNonNull;

/**
 * Where a reader resumes: the place after the last whole transaction it has published, and on which server that was.
 *
 * @param serverUuid  MySQL's {@code server_uuid}; on MariaDB, which has none, {@code server_id@hostname:port}. A resume by
 *                    coordinates is refused on another server (F13).
 * @param coordinates never null
 * @param gtidSet     MySQL {@code uuid[:tag]:1-57,...} or MariaDB {@code 0-1-57,...}: the transactions up to this position;
 *                    empty when the server keeps no GTIDs
 */
public record SourcePosition(String serverUuid, BinlogCoordinates coordinates, String gtidSet) {
    public SourcePosition {
        requireNonNull(serverUuid, "serverUuid");
        requireNonNull(coordinates, "coordinates");
        requireNonNull(gtidSet, "gtidSet");
    }
}
