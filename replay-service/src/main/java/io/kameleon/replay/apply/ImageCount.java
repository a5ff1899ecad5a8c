package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowImage;
import io.kameleon.schemas.wire.AvroInput;
import java.util.Arrays;

/** A full row image, as bytes in a record, and how many rows like it are meant. Images are equal when their bytes are. */
final class ImageCount {
    private final byte[] value;
    private final int from;
    private final int to;
    private final int hash;
    private int count;

    ImageCount(byte[] value, int from, int to) {
        this.value = value;
        this.from = from;
        this.to = to;
        int h = 1;
        for (int i = from; i < to; i++) {
            h = 31 * h + value[i];
        }
        hash = h;
    }

    int count() {
        return count;
    }

    ImageCount add(int more) {
        count += more;
        return this;
    }

    RowImage read(RowImage scratch, AvroInput in) {
        return scratch.read(in.wrap(value, from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageCount image
                && hash == image.hash
                && Arrays.equals(value, from, to, image.value, image.from, image.to);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
