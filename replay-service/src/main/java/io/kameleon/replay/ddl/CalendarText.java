package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType.Family;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Date and time constants of the source as PostgreSQL reads them. */
final class CalendarText {
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\.\\d{1,6})?)?");
    private static final Pattern TIME = Pattern.compile("-?\\d{1,3}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

    private CalendarText() {}

    /** Empty for a zero or partial date, a day that does not exist, the year 0, and text that is no date. */
    static Optional<String> of(String text, Family family) {
        Matcher m = MOMENT.matcher(text.trim());
        if (!m.matches() || Integer.parseInt(m.group(1)) == 0 || !exists(m)) {
            return Optional.empty();
        }
        String date = String.format("%s-%02d-%02d", m.group(1), number(m, 2), number(m, 3));
        if (family == Family.DATE) {
            return Optional.of(date);
        }
        String fraction = m.group(7) == null ? "" : m.group(7);
        String moment = date + String.format(" %02d:%02d:%02d", number(m, 4), number(m, 5), number(m, 6)) + fraction;
        return Optional.of(family == Family.TIMESTAMPTZ ? moment + "+00" : moment);
    }

    /** A TIME of the source, negative and beyond a day included (F54). */
    static Optional<String> interval(String text) {
        String trimmed = text.trim();
        return TIME.matcher(trimmed).matches() ? Optional.of(trimmed) : Optional.empty();
    }

    private static boolean exists(Matcher m) {
        try {
            var unused = LocalDateTime.of(
                    number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static int number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }
}
