package io.kameleon.admin.compare;

/**
 * A column as PostgreSQL has it.
 *
 * @param type name of the type in pg_type, of the base type for a domain: {@code int4}, {@code varchar}, {@code _text} for
 *             {@code text[]}; the own name of an enum type
 */
record DestinationColumn(String name, String type, TypeClass typeClass, boolean notNull) {
    enum TypeClass {
        BASE,
        ENUM
    }

    boolean isText() {
        return typeClass == TypeClass.ENUM
                || switch (type) {
                    case "text", "varchar", "bpchar", "citext", "name" -> true;
                    default -> false;
                };
    }

    boolean isNumber() {
        return switch (type) {
            case "int2", "int4", "int8", "numeric", "float4", "float8" -> true;
            default -> false;
        };
    }

    boolean isJson() {
        return type.equals("json") || type.equals("jsonb");
    }

    boolean isBoolean() {
        return type.equals("bool");
    }

    boolean isBytes() {
        return type.equals("bytea");
    }

    boolean isBits() {
        return type.equals("bit") || type.equals("varbit");
    }

    boolean isCalendar() {
        return switch (type) {
            case "date", "timestamp", "timestamptz" -> true;
            default -> false;
        };
    }

    boolean isTime() {
        return type.equals("interval") || type.equals("time");
    }
}
