package io.kameleon.reader.binlog;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** In which character set a session sent its statements, by the number of a collation. The numbers are the same on both servers. */
final class ClientCharset {
    private ClientCharset() {}

    /** Empty for UTF-8, where most are, and for a number that is not known. */
    static Optional<Charset> of(int collation) {
        String name =
                switch (collation) {
                    case 1, 84 -> "Big5";
                    case 5, 8, 15, 31, 47, 48, 49, 94 -> "windows-1252";
                    case 2, 9, 21, 27, 77 -> "ISO-8859-2";
                    case 7, 74 -> "KOI8-R";
                    case 22, 75 -> "KOI8-U";
                    case 14, 23, 50, 51, 52 -> "windows-1251";
                    case 26, 34, 44, 66, 99 -> "windows-1250";
                    case 57, 67 -> "windows-1256";
                    case 29, 58, 59 -> "windows-1257";
                    case 25, 70 -> "ISO-8859-7";
                    case 16, 71 -> "ISO-8859-8";
                    case 30, 78 -> "ISO-8859-9";
                    case 20, 41, 42, 79 -> "ISO-8859-13";
                    case 12, 91, 97, 98 -> "EUC-JP";
                    case 13, 88 -> "Shift_JIS";
                    case 95, 96 -> "windows-31j";
                    case 19, 85 -> "EUC-KR";
                    case 24, 86 -> "GB2312";
                    case 28, 87 -> "GBK";
                    case 248, 249, 250 -> "GB18030";
                    case 18, 89 -> "TIS-620";
                    default -> "";
                };
        return name.isEmpty() || !isSupported(name) ? Optional.empty() : Optional.of(Charset.forName(name));
    }

    private static boolean isSupported(String name) {
        return Charset.isSupported(name) && !Charset.forName(name).equals(StandardCharsets.UTF_8);
    }
}
