package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F30: which changes of type PostgreSQL can make by itself, and which need the rows again. */
class TypeConversionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|bigint|same|same",
                "int|smallint|same|copy",
                "int|int unsigned|same|copy",
                "int unsigned|bigint|same|same",
                "bigint unsigned|bigint|same|copy",
                "int|decimal(12,2)|same|same",
                "int|decimal(5,0)|same|copy",
                "int|double|same|same",
                "bigint|double|copy|copy",
                "int|varchar(20)|same|same",
                "int|varchar(3)|same|copy",
                "varchar(20)|int|copy|copy",
                "decimal(10,2)|decimal(12,4)|same|same",
                "decimal(10,2)|decimal(10,1)|copy|copy",
                "decimal(10,2)|int|copy|copy",
                "float|double|same|same",
                "double|float|copy|copy",
                "varchar(10)|varchar(20)|same|same",
                "varchar(20)|varchar(10)|same|copy",
                "varchar(10)|text|same|same",
                "char(5)|varchar(5)|same|same",
                "varchar(5)|char(5)|copy|copy",
                "text|blob|copy|copy",
                "varchar(5)|varbinary(5)|copy|copy",
                "binary(5)|binary(6)|copy|copy",
                "varbinary(5)|blob|same|same",
                "blob|tinyblob|same|copy",
                "enum('a','b')|enum('x','b','a')|same|same",
                "enum('a','b')|enum('a')|same|copy",
                "enum('a')|enum('A')|copy|copy",
                "set('a','b')|set('b','c','a')|same|same",
                "enum('a')|varchar(3)|same|same",
                "varchar(3)|enum('a')|copy|copy",
                "date|datetime|same|same",
                "datetime|date|copy|copy",
                "datetime|datetime(6)|same|same",
                "datetime(6)|datetime|copy|copy",
                "datetime|timestamp|copy|copy",
                "bit(3)|bit(5)|copy|copy",
                "text|json|copy|copy",
                "point|geometry|same|same",
                "geometry|point|copy|copy",
                "year|int|copy|copy",
                "varchar(5) charset latin1|varchar(5) charset utf8mb4|same|same",
                "varchar(5) charset utf8mb4|varchar(5) charset latin1|same|copy"
            })
    void aLossyChangeNeedsTheRowsAgain(String from, String to, String strict, String lenient) {
        assertThat(change(from, to, SqlMode.STRICT)).isEqualTo(strict);
        assertThat(change(from, to, SqlMode.NONE)).isEqualTo(lenient);
    }

    private static String change(String from, String to, SqlMode mode) {
        Tracked shop = Tracked.on(Tracked.MYSQL);
        shop.apply("CREATE TABLE n (c " + from + ")");
        String effect = shop.apply(
                "ALTER TABLE n MODIFY c " + to, SessionContext.of("shop", 0).withSqlMode(mode));
        return effect.endsWith("resync") ? "copy" : effect.equals("altered shop.n") ? "same" : effect;
    }
}
