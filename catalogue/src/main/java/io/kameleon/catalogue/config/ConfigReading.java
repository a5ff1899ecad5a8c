package io.kameleon.catalogue.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What comes up while one file is read: faults and notes. For one thread. */
final class ConfigReading {
    private final List<ConfigFault> faults = new ArrayList<>();
    private final List<ConfigNote> notes = new ArrayList<>();
    private final Interpolation interpolation;

    ConfigReading(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    Interpolation interpolation() {
        return interpolation;
    }

    void fault(String key, int line, String text) {
        var fault = new ConfigFault(key, line, text);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    void note(String key, int line, String text) {
        notes.add(new ConfigNote(key, line, text));
    }

    /** In the file's order. */
    List<ConfigFault> faults() {
        return faults.stream()
                .sorted(Comparator.comparingInt(ConfigFault::line))
                .toList();
    }

    List<ConfigNote> notes() {
        return notes.stream().sorted(Comparator.comparingInt(ConfigNote::line)).toList();
    }
}
