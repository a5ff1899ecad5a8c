package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;
import java.util.Arrays;

/** From the text of an IPv4 or IPv6 address. */
final class InetEncoders {
    /** PostgreSQL's PGSQL_AF_INET and the family behind it, whatever the operating system calls them. */
    private static final int FAMILY_4 = 2;

    private static final int FAMILY_6 = 3;

    private InetEncoders() {}

    /** @return null when the type cannot hold addresses */
    static ValueEncoder of(PgType type, Place place) {
        return switch (type) {
            case INET -> {
                var address = new InetText(place);
                yield (in, out) -> writeInet(parse(in, address), out);
            }
            case BYTEA -> {
                var address = new InetText(place);
                yield (in, out) -> {
                    parse(in, address);
                    out.writeInt(address.length());
                    out.writeRaw(address.bytes(), 0, address.length());
                };
            }
            case TEXT ->
                (in, out) -> {
                    int length = in.readLength();
                    out.writeInt(length);
                    out.writeRaw(in.buffer(), in.skip(length), length);
                };
            default -> null;
        };
    }

    private static InetText parse(AvroInput in, InetText address) {
        int length = in.readLength();
        int at = in.skip(length);
        return address.parse(in.buffer(), at, at + length);
    }

    private static void writeInet(InetText address, PgBuffer out) {
        int length = address.length();
        out.writeInt(4 + length);
        out.writeByte(length == 4 ? FAMILY_4 : FAMILY_6);
        out.writeByte(length * 8); // network bits
        out.writeByte(0); // inet, not cidr
        out.writeByte(length);
        out.writeRaw(address.bytes(), 0, length);
    }

    /** Reads an address into bytes that are used again for the next one. */
    private static final class InetText {
        private static final int BYTES_4 = 4;
        private static final int BYTES_6 = 16;

        private final Place place;
        private final byte[] bytes = new byte[BYTES_6];
        private byte[] text = new byte[0];
        private int at;
        private int end;
        private int length;

        InetText(Place place) {
            this.place = place;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        InetText parse(byte[] source, int from, int to) {
            text = source;
            at = from;
            end = to;
            length = isIpv6() ? BYTES_6 : BYTES_4;
            if (length == BYTES_4) {
                readDotted(0);
            } else {
                readGroups();
            }
            if (at != end) {
                throw malformed();
            }
            return this;
        }

        private boolean isIpv6() {
            for (int i = at; i < end; i++) {
                if (text[i] == ':') {
                    return true;
                }
            }
            return false;
        }

        private void readGroups() {
            int filled = 0;
            int gap = -1;
            while (at < end) {
                if (text[at] == ':' && at + 1 < end && text[at + 1] == ':' && gap < 0) {
                    gap = filled;
                    at += 2;
                } else {
                    if (filled > 0 && filled != gap) {
                        expectColon();
                    }
                    filled += readGroup(filled);
                }
            }
            fill(gap, filled);
        }

        /** Moves what stands behind {@code ::} to the end. */
        private void fill(int gap, int filled) {
            if (gap < 0 && filled != BYTES_6 || gap >= 0 && filled >= BYTES_6) {
                throw malformed();
            }
            if (gap >= 0) {
                int tail = filled - gap;
                System.arraycopy(bytes, gap, bytes, BYTES_6 - tail, tail);
                Arrays.fill(bytes, gap, BYTES_6 - tail, (byte) 0);
            }
        }

        private void expectColon() {
            if (text[at] != ':') {
                throw malformed();
            }
            at++;
        }

        /** @return bytes written: two, or four when the rest is an IPv4 address */
        private int readGroup(int to) {
            int start = at;
            int group = 0;
            while (at < end && at - start < 4 && digit(text[at]) >= 0) {
                group = group << 4 | digit(text[at++]);
            }
            if (at < end && text[at] == '.') {
                at = start;
                if (to > BYTES_6 - BYTES_4) {
                    throw malformed();
                }
                readDotted(to);
                return BYTES_4;
            }
            if (at == start || to > BYTES_6 - 2) {
                throw malformed();
            }
            bytes[to] = (byte) (group >> 8);
            bytes[to + 1] = (byte) group;
            return 2;
        }

        private void readDotted(int to) {
            for (int i = 0; i < BYTES_4; i++) {
                if (i > 0) {
                    if (at >= end || text[at] != '.') {
                        throw malformed();
                    }
                    at++;
                }
                bytes[to + i] = (byte) readDecimal();
            }
        }

        private int readDecimal() {
            int start = at;
            int value = 0;
            while (at < end && at - start < 3 && text[at] >= '0' && text[at] <= '9') {
                value = value * 10 + text[at++] - '0';
            }
            if (at == start || value > 0xFF) {
                throw malformed();
            }
            return value;
        }

        private static int digit(byte letter) {
            return Character.digit(letter, 16);
        }

        private RuntimeException malformed() {
            return place.malformed("A text is not an IPv4 or IPv6 address");
        }
    }
}
