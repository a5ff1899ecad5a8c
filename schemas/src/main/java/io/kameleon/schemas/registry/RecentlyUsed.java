package io.kameleon.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the values that were used last, at most so many. Thread-safe. */
final class RecentlyUsed<K, V> {
    private final Map<K, V> values;

    RecentlyUsed(int valuesMax) {
        values = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > valuesMax;
            }
        };
    }

    /** Null when it is not kept, or not any more. */
    synchronized V get(K key) {
        return values.get(key);
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }
}
