package io.kameleon.replay.ddl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.catalogue.store.NameStore.Kind;
import io.kameleon.catalogue.store.NameStore.Renamed;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tables, columns, indexes and types of the source are called on the destination.
 *
 * <p>A pure function of the source's names: copy and stream, today and after a restart, come to the same name without asking
 * anyone. Case is kept (F65). A name over 63 bytes keeps its beginning and gets a hash of the whole (F64). Index and enum
 * type names carry their table's name, because PostgreSQL wants them unique per schema (F66); the double underscore keeps
 * {@code (user, role_id)} and {@code (user_role, id)} apart.
 */
public final class DestinationNames {
    /** PostgreSQL's NAMEDATALEN - 1. */
    public static final int NAME_BYTES_MAX = 63;
    /** PostgreSQL's MaxHeapAttributeNumber. */
    public static final int COLUMNS_MAX = 1600;

    private static final String SEPARATOR = "__";
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private DestinationNames() {}

    /** A schema or any other name without rules of its own. */
    public static String shorten(String name) {
        return SqlText.bytes(name) <= NAME_BYTES_MAX ? name : withHash(name, name);
    }

    public static String table(String sourceName) {
        return shorten(sourceName);
    }

    /** PostgreSQL's system columns ({@code xmin}, {@code ctid}, ...) exist in every table: such a name gets a trailing underscore. */
    public static String column(String sourceName) {
        return SYSTEM_COLUMNS.contains(sourceName) ? sourceName + "_" : shorten(sourceName);
    }

    public static String primaryKey(String table) {
        return shorten(table + "_pkey");
    }

    public static String index(String table, String index) {
        return joined(table, index, "");
    }

    /** The native type of an ENUM column. */
    public static String enumType(String table, String column) {
        return joined(table, column, "_enum");
    }

    /** The sequence of an AUTO_INCREMENT column that cannot be an identity. */
    static String sequence(String table, String column) {
        return joined(table, column, "_seq");
    }

    /** The function that sets the times of a change. */
    static String updateFunction(String table) {
        return joined(table, "on_update", "");
    }

    /** The check constraint of an ENUM column held as text; unique per table, as PostgreSQL wants it. */
    public static String check(String column) {
        return shorten(column + "_check");
    }

    /** Where the initial copy loads a schema. */
    public static String loadingSchema(String destinationSchema) {
        return shorten("_" + destinationSchema + "_tmp");
    }

    /** Where one table of a schema is loaded again. @param attempt short, unique to the attempt */
    public static String resyncSchema(String destinationSchema, String attempt) {
        return shorten("_" + destinationSchema + "_sync_" + attempt);
    }

    /** Where a schema that was replaced by a new copy waits for its removal. */
    public static String replacedSchema(String destinationSchema) {
        return shorten("_" + destinationSchema + "_old");
    }

    /** What of a table is called otherwise on the destination: the table itself, its columns. */
    public static List<Renamed> renamed(TableDefinition table) {
        var renamed = new ArrayList<Renamed>();
        String name = table.id().name();
        if (!table(name).equals(name)) {
            renamed.add(new Renamed(table.id(), Kind.TABLE, name, table(name)));
        }
        for (ColumnDefinition column : table.columns()) {
            String own = column(column.name());
            if (!own.equals(column.name())) {
                renamed.add(new Renamed(table.id(), Kind.COLUMN, column.name(), own));
            }
        }
        return renamed;
    }

    /**
     * Checks a table by itself: it must fit, and no two of its columns or indexes may come to one name.
     *
     * @throws ReplicationException TABLE_TOO_WIDE or NAME_CONFLICT
     */
    public static void check(TableDefinition table) {
        if (table.columns().size() > COLUMNS_MAX) {
            throw new ReplicationException(
                    ErrorCode.TABLE_TOO_WIDE,
                    "The table has " + table.columns().size() + " columns, PostgreSQL holds " + COLUMNS_MAX,
                    Map.of("table", table.id()),
                    "Leave the table out with skip_tables, or split it on the source.");
        }
        var columns = new HashMap<String, String>();
        for (ColumnDefinition column : table.columns()) {
            claim(columns, column(column.name()), "column '" + column.name() + "'", table);
        }
        claimRelations(new HashMap<>(), table);
    }

    /**
     * Checks tables that share a destination schema, before any DDL: tables, indexes and types live in one name space there.
     *
     * @throws ReplicationException TABLE_TOO_WIDE or NAME_CONFLICT
     */
    public static void check(Collection<TableDefinition> tables) {
        var taken = new HashMap<String, String>();
        for (TableDefinition table : tables) {
            check(table);
            claimRelations(taken, table);
        }
    }

    private static void claimRelations(Map<String, String> taken, TableDefinition table) {
        String name = table.id().name();
        claim(taken, table(name), "table '" + table.id() + "'", table);
        if (!table.primaryKey().isEmpty()) {
            claim(taken, primaryKey(name), "the primary key of '" + table.id() + "'", table);
        }
        for (IndexDefinition index : table.indexes()) {
            claim(taken, index(name, index.name()), "index '" + index.name() + "' of '" + table.id() + "'", table);
        }
        for (ColumnDefinition column : table.columns()) {
            if (column.type().kind() == TypeKind.ENUM) {
                String what = "the type of column '" + column.name() + "' of '" + table.id() + "'";
                claim(taken, enumType(name, column.name()), what, table);
            }
        }
    }

    private static void claim(Map<String, String> taken, String name, String what, TableDefinition table) {
        String other = taken.putIfAbsent(name, what);
        if (other != null) {
            throw new ReplicationException(
                    ErrorCode.NAME_CONFLICT,
                    "In PostgreSQL both " + other + " and " + what + " would be called '" + name + "'",
                    Map.of("table", table.id()),
                    "Rename one of them on the source, or leave the table out with skip_tables.");
        }
    }

    /** Two names joined so that no other pair gives the same result. */
    private static String joined(String first, String second, String suffix) {
        String name = first + SEPARATOR + second + suffix;
        boolean ambiguous = first.contains(SEPARATOR)
                || first.endsWith("_")
                || second.contains(SEPARATOR)
                || second.startsWith("_");
        boolean fits = SqlText.bytes(name) <= NAME_BYTES_MAX;
        return fits && !ambiguous ? name : withHash(name, first.length() + ":" + name);
    }

    private static String withHash(String name, String hashed) {
        String hash = "_" + hash(hashed);
        return prefix(name, NAME_BYTES_MAX - hash.length()) + hash;
    }

    /** As many whole characters as fit. */
    private static String prefix(String name, int bytesMax) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int point = name.codePointAt(end);
            bytes += SqlText.bytes(Character.toString(point));
            if (bytes > bytesMax) {
                break;
            }
            end += Character.charCount(point);
        }
        return name.substring(0, end);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
