package io.kameleon.catalogue.config;

import io.kameleon.schemas.table.TableId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which tables of a source are replicated, and into which schema: one answer for the initial copy, the reader and replay.
 *
 * <p>A table is replicated when its schema is mapped, {@code skip_tables} does not name it, and {@code limit_tables} does not
 * shut it out. As in pg_chameleon a name in {@code limit_tables} limits its own schema only; a regular expression limits
 * every schema of the source. The helper tables of gh-ost (F31) are left out unless {@code limit_tables} names them. Immutable and thread-safe.
 */
public final class TableFilter {
    private static final Pattern GH_OST_NAME = Pattern.compile("_.+_(gho|ghc|ghk|del)");

    private final Map<String, String> mappings;
    private final List<TablePattern> limit;
    private final List<TablePattern> skip;

    private TableFilter(Map<String, String> mappings, List<TablePattern> limit, List<TablePattern> skip) {
        this.mappings = Collections.unmodifiableMap(new LinkedHashMap<>(mappings));
        this.limit = List.copyOf(limit);
        this.skip = List.copyOf(skip);
    }

    /** The filter with the mappings of the file. */
    public static TableFilter of(SourceConfig source) {
        return of(source, source.schemaMappings());
    }

    /** The filter with other mappings than the file's: those that the catalogue holds. */
    public static TableFilter of(SourceConfig source, Map<String, String> mappings) {
        return new TableFilter(mappings, source.limitTables(), source.skipTables());
    }

    /** The same choice of tables with other mappings. */
    public TableFilter withMappings(Map<String, String> other) {
        return new TableFilter(other, limit, skip);
    }

    public boolean includes(TableId table) {
        return mappings.containsKey(table.schema())
                && !TablePattern.any(skip, table)
                && isWithinLimit(table)
                && (!isHelper(table) || isNamed(table));
    }

    /** Whether the name is one that gh-ost gives to the tables it works with. */
    public static boolean isHelper(TableId table) {
        return GH_OST_NAME.matcher(table.name()).matches();
    }

    private boolean isNamed(TableId table) {
        return limit.stream().anyMatch(pattern -> pattern instanceof TablePattern.Literal && pattern.matches(table));
    }

    /** Empty when the origin schema is not replicated. */
    public Optional<String> destinationSchema(String originSchema) {
        return Optional.ofNullable(mappings.get(originSchema));
    }

    /** Origin to destination schema, in the file's order. */
    public Map<String, String> mappings() {
        return mappings;
    }

    private boolean isWithinLimit(TableId table) {
        return TablePattern.any(limit, table) || limit.stream().noneMatch(pattern -> limits(pattern, table.schema()));
    }

    private boolean limits(TablePattern pattern, String schema) {
        return !(pattern instanceof TablePattern.Literal literal)
                || schema.equals(schemaOf(literal, mappings.keySet()));
    }

    /** The longest mapped schema that the entry begins with: schema names may hold dots. Null when none is mapped. */
    static String schemaOf(TablePattern.Literal entry, Iterable<String> schemas) {
        String found = null;
        for (String schema : schemas) {
            if (entry.isIn(schema) && (found == null || schema.length() > found.length())) {
                found = schema;
            }
        }
        return found;
    }
}
