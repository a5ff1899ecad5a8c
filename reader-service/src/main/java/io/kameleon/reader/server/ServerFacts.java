package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a server is, read once when a session opens.
 *
 * @param serverUuid          MySQL's {@code server_uuid}; on MariaDB {@code server_id@hostname:port}
 * @param serverId            0 when the server has none set
 * @param lowerCaseTableNames 0: names are case-sensitive; 1: kept in lower case; 2: kept as written, compared in lower case
 * @param binlogFormat        {@code ROW}, {@code STATEMENT} or {@code MIXED}
 * @param binlogRowImage      {@code FULL}, {@code MINIMAL}, {@code NOBLOB}, MariaDB also {@code FULL_NODUP}
 * @param binlogRowMetadata   {@code FULL}, {@code MINIMAL}, MariaDB also {@code NO_LOG}; empty on servers before the setting
 * @param cascades            whether the log has what foreign keys do in other tables
 * @param defaultCharset      {@code character_set_server}
 * @param defaultCollation    {@code collation_server}
 * @param defaultCollations   character set to the collation that a bare {@code CHARACTER SET x} means on this server
 */
public record ServerFacts(
        ServerFlavour flavour,
        ServerVersion version,
        String serverUuid,
        long serverId,
        int lowerCaseTableNames,
        boolean binlogEnabled,
        String binlogFormat,
        String binlogRowImage,
        String binlogRowMetadata,
        GtidMode gtidMode,
        Cascades cascades,
        String defaultCharset,
        String defaultCollation,
        Map<String, String> defaultCollations) {
    public ServerFacts {
        requireNonNull(flavour, "flavour");
        requireNonNull(version, "version");
        requireNonNull(serverUuid, "serverUuid");
        requireNonNull(binlogFormat, "binlogFormat");
        requireNonNull(binlogRowImage, "binlogRowImage");
        requireNonNull(binlogRowMetadata, "binlogRowMetadata");
        requireNonNull(gtidMode, "gtidMode");
        requireNonNull(cascades, "cascades");
        requireNonNull(defaultCharset, "defaultCharset");
        requireNonNull(defaultCollation, "defaultCollation");
        defaultCollations = Map.copyOf(defaultCollations);
    }

    /** What foreign keys do in other tables: {@code ON DELETE CASCADE}, {@code SET NULL} and so on. */
    public enum Cascades {
        LOGGED,
        /** MariaDB, MySQL before 9.6, and later ones with {@code innodb_native_foreign_keys}. */
        NOT_LOGGED
    }

    public boolean isMariaDb() {
        return flavour == ServerFlavour.MARIADB;
    }

    /** MySQL of at least this version; false on MariaDB. */
    public boolean isMySql(int major, int minor, int patch) {
        return flavour == ServerFlavour.MYSQL && version.isAtLeast(major, minor, patch);
    }
}
