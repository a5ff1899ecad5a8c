package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a log holds: no error but typed ones, and no statement takes long. Seeds that ever failed stay in the list. */
class StatementFuzzTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 20260101L);
    private static final int STATEMENTS = 20_000;
    private static final Duration EACH_MAX = Duration.ofSeconds(2);
    private static final String PIECES = "`'\"();,.=/*!M-#\\@ \n\t\0";

    @Test
    void randomBytesAreClassifiedAndFollowedWithoutAnError() {
        for (long seed : SEEDS) {
            var random = new Random(seed);
            Tracked shop = Tracked.on(random.nextBoolean() ? Tracked.MYSQL : Tracked.MARIADB);
            for (int i = 0; i < STATEMENTS; i++) {
                var bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                follow(shop, new String(bytes, StandardCharsets.UTF_8), seed, random);
            }
        }
    }

    @Test
    void mutatedStatementsAreFollowedOrRefusedWithoutAnError() throws IOException {
        List<String> forms = StatementFormsTest.forms()
                .map(StatementFormsTest.Form::statement)
                .toList();
        for (long seed : SEEDS) {
            var random = new Random(seed);
            Tracked shop = Tracked.on(random.nextBoolean() ? Tracked.MYSQL : Tracked.MARIADB);
            for (int i = 0; i < STATEMENTS; i++) {
                String form = forms.get(random.nextInt(forms.size()));
                String other = forms.get(random.nextInt(forms.size()));
                follow(shop, mutated(form, other, random), seed, random);
                if (i % 50 == 0) {
                    shop = Tracked.on(random.nextBoolean() ? Tracked.MYSQL : Tracked.MARIADB);
                }
            }
        }
    }

    /** Parser faults would come out as a reason of this kind. */
    private static void follow(Tracked shop, String statement, long seed, Random random) {
        var mode = new SqlMode(random.nextLong());
        SessionContext session = SessionContext.of("shop", 0).withSqlMode(mode);
        long start = System.nanoTime();
        assertThatCode(() -> shop.tracker.apply(statement, session).ifPresent(change -> assertThat(
                                change.changes().toString())
                        .doesNotContain("could not be followed")))
                .as("seed %d: %s", seed, statement)
                .doesNotThrowAnyException();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("seed %d: %s", seed, statement)
                .isLessThan(EACH_MAX);
    }

    private static String mutated(String form, String other, Random random) {
        var text = new StringBuilder(form);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
                case 3 -> text.setLength(at);
                default -> text.insert(at, other.substring(random.nextInt(other.length())));
            }
        }
        return text.toString();
    }

    @Test
    void deepAndLongStatementsTakeLinearTime() {
        int n = 200_000;
        List<String> statements = List.of(
                "CREATE TABLE n (a int DEFAULT (" + "(".repeat(n) + "1" + ")".repeat(n) + "))",
                "CREATE TABLE n (a int CHECK " + "(".repeat(n),
                "ALTER TABLE t ADD KEY (" + "(".repeat(n) + "a" + ")".repeat(n) + ")",
                "ALTER TABLE t " + "/*!".repeat(n) + " ADD z int " + "*/".repeat(n),
                "ALTER TABLE t COMMENT '" + "''".repeat(n) + "'",
                "CREATE TABLE n (a ENUM(" + "'a',".repeat(n) + "'b'))",
                "ALTER TABLE t DROP PARTITION p" + ", p".repeat(n));
        Tracked shop = Tracked.on(Tracked.MYSQL);
        for (String statement : statements) {
            Assertions.assertTimeout(EACH_MAX.multipliedBy(5), () -> shop.apply(statement));
        }
    }

    @Test
    void aDamagedShowCreateIsRefusedWithATypedError() {
        String text =
                "CREATE TABLE `o` (`id` int NOT NULL DEFAULT '5' COMMENT 'x', `e` enum('a','b''c'), PRIMARY KEY (`id`),"
                        + " KEY `k` (`e`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci";
        var parser = new ShowCreateParser(Tracked.MYSQL, NameCase.SENSITIVE, Charsets.of(Tracked.MYSQL));
        var random = new Random(7);
        for (int i = 0; i < STATEMENTS; i++) {
            String damaged = mutated(text, text, random);
            try {
                assertThat(parser.parse(new TableId("shop", "o"), damaged).columns())
                        .isNotEmpty();
            } catch (ReplicationException refused) {
                assertThat(refused).hasMessageContaining("shop.o");
            }
        }
    }
}
