package io.kameleon.catalogue.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Guesses what an unknown key was meant to be. */
final class Suggestion {
    private Suggestion() {}

    static String forUnknownKey(String name, String parent, Collection<String> known) {
        String nearest = nearest(name, known);
        if (nearest != null) {
            return "is not a key; did you mean '" + nearest + "'?";
        }
        List<String> elsewhere = ConfigReference.parentsOf(name).stream()
                .filter(place -> !place.equals(parent))
                .map(place -> place.isEmpty() ? "the top of the file" : "'" + place.replace("*", "<name>") + "'")
                .toList();
        if (!elsewhere.isEmpty()) {
            return "is not a key here; it belongs under " + String.join(" or ", elsewhere);
        }
        return "is not a key; allowed here: " + known.stream().collect(Collectors.joining(", "));
    }

    /** The known name that is nearest by edits, at most a third of its length away; null when none is. */
    static String nearest(String name, Collection<String> known) {
        String found = null;
        int least = Integer.MAX_VALUE;
        String wanted = name.toLowerCase(Locale.ROOT).replace('-', '_');
        for (String candidate : known) {
            int distance = distance(wanted, candidate);
            if (distance < least && distance <= Math.max(1, candidate.length() / 3)) {
                found = candidate;
                least = distance;
            }
        }
        return found;
    }

    /** Levenshtein's: insertions, deletions and replacements of single characters. */
    private static int distance(String a, String b) {
        int[] former = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            former[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = former[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(former[j], row[j - 1]));
            }
            former = row;
        }
        return former[b.length()];
    }
}
