package dev.coterie.collect;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads every byte of a file once and says which encoding it is in, or that it is no text.
 *
 * <p>A byte order mark decides. Else UTF-16 shows by the zero bytes on one side of its line ends,
 * UTF-8 by its own rules, GB18030 and Big5 by where their commonest characters lie. What is left is
 * windows-1252.
 */
final class EncodingDetector {
    /**
     * Malformed sequences are refused row by row while sound ones are at least so many times more.
     */
    private static final int SOUND_TO_BROKEN = 3;

    private final Utf8Check utf8 = new Utf8Check();
    private final DoubleByteCheck doubleByte = new DoubleByteCheck();
    private final byte[] start = new byte[16];
    private long bytes;
    private long zerosEven;
    private long zerosOdd;
    private long lineEndsLittle;
    private long lineEndsBig;
    private long controls;
    private int previous = -1;

    private EncodingDetector() {}

    static Encoding detect(Content content) throws IOException {
        var detector = new EncodingDetector();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                detector.look(buffer, n);
            }
        }
        if (detector.bytes == 0) {
            throw new InvalidInputException(
                    Message.of("collect.empty_file", "file", content.name()));
        }
        return detector.verdict(content.name());
    }

    private void look(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            int b = buffer[i] & 0xFF;
            if (bytes < start.length) start[(int) bytes] = buffer[i];
            boolean odd = (bytes & 1) == 1;
            if (b < 0x20) lookAtControl(b, odd);
            else if (b == 0x7F) controls++;
            utf8.next(b);
            doubleByte.next(b);
            previous = b;
            bytes++;
        }
    }

    private void lookAtControl(int b, boolean odd) {
        if (b == 0) {
            if (odd) zerosOdd++;
            else zerosEven++;
            if (odd && (previous == '\n' || previous == '\r')) lineEndsLittle++;
        } else if (b == '\n' || b == '\r') {
            if (odd && previous == 0) lineEndsBig++;
        } else if (b != '\t' && b != 0x0C && b != 0x1A && b != 0x1B) {
            controls++;
        }
    }

    private Encoding verdict(String name) {
        utf8.end();
        doubleByte.end();
        if (startsWith(0xEF, 0xBB, 0xBF)) return new Encoding(StandardCharsets.UTF_8, 3, true);
        if (startsWith(0xFF, 0xFE)) return new Encoding(StandardCharsets.UTF_16LE, 2, true);
        if (startsWith(0xFE, 0xFF)) return new Encoding(StandardCharsets.UTF_16BE, 2, true);
        refuseKnownBinary(name);
        Charset wide = wideCharset();
        if (wide != null) return new Encoding(wide, 0, false);
        if (controls * 20 > bytes || (zerosEven + zerosOdd) * 10 > bytes) {
            throw notText(name, "binary");
        }
        if (utf8.broken == 0 || utf8.sound >= SOUND_TO_BROKEN * utf8.broken) {
            return new Encoding(StandardCharsets.UTF_8, 0, false);
        }
        if (doubleByte.looksLikeGb18030()) return of("GB18030");
        if (doubleByte.looksLikeBig5()) return of("Big5");
        return of("windows-1252");
    }

    private static Encoding of(String charset) {
        return new Encoding(Charset.forName(charset), 0, false);
    }

    /** UTF-16 without a mark, or null. */
    private Charset wideCharset() {
        if (utf8.broken == 0 && (zerosEven + zerosOdd) * 10 < bytes) return null;
        if (lineEndsLittle > 0 && zerosOdd > 20 * zerosEven) return StandardCharsets.UTF_16LE;
        if (lineEndsBig > 0 && zerosEven > 20 * zerosOdd) return StandardCharsets.UTF_16BE;
        return null;
    }

    private void refuseKnownBinary(String name) {
        if (startsWith('%', 'P', 'D', 'F')) throw notText(name, "PDF");
        if (startsWith('P', 'K', 3, 4)) throw notText(name, "ZIP / XLSX");
        if (startsWith(0xD0, 0xCF, 0x11, 0xE0)) throw notText(name, "XLS / DOC");
        if (startsWith('P', 'A', 'R', '1')) throw notText(name, "Parquet");
        if (startsWith(0x89, 'P', 'N', 'G')) throw notText(name, "PNG");
        if (startsWith(0xFF, 0xD8, 0xFF)) throw notText(name, "JPEG");
        if (startsWith('S', 'Q', 'L', 'i', 't', 'e', ' ', 'f')) throw notText(name, "SQLite");
        if (startsWith(0x1F, 0x8B)) throw notText(name, "gzip");
    }

    private static InvalidInputException notText(String name, String kind) {
        return new InvalidInputException(
                Message.of(
                        kind.equals("binary") ? "collect.binary_file" : "collect.known_binary_file",
                        "file",
                        name,
                        "kind",
                        kind));
    }

    private boolean startsWith(int... prefix) {
        if (bytes < prefix.length) return false;
        for (int i = 0; i < prefix.length; i++) {
            if ((start[i] & 0xFF) != prefix[i]) return false;
        }
        return true;
    }

    /** Counts sound and broken sequences of more than one byte. */
    private static final class Utf8Check {
        private long sound;
        private long broken;
        private int expected;
        private int low = 0x80;
        private int high = 0xBF;

        void next(int b) {
            if (expected == 0) {
                if (b >= 0x80) lead(b);
                return;
            }
            if (b < low || b > high) {
                broken++;
                expected = 0;
                low = 0x80;
                high = 0xBF;
                if (b >= 0x80) lead(b);
                return;
            }
            low = 0x80;
            high = 0xBF;
            if (--expected == 0) sound++;
        }

        private void lead(int b) {
            if (b >= 0xC2 && b <= 0xDF) expected = 1;
            else if (b >= 0xE0 && b <= 0xEF) expected = 2;
            else if (b >= 0xF0 && b <= 0xF4) expected = 3;
            else broken++;
            // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
            if (b == 0xE0) low = 0xA0;
            else if (b == 0xED) high = 0x9F;
            else if (b == 0xF0) low = 0x90;
            else if (b == 0xF4) high = 0x8F;
        }

        void end() {
            if (expected > 0) broken++;
        }
    }

    /** Pairs the bytes as GB18030 and Big5 do and looks at which pairs are common characters. */
    private static final class DoubleByteCheck {
        private long pairs;
        private long broken;
        private long commonGb;
        private long commonBig5;
        private int lead;

        void next(int b) {
            if (lead == 0) {
                if (b >= 0x81 && b <= 0xFE) lead = b;
                else if (b >= 0x80) broken++;
                return;
            }
            int first = lead;
            lead = 0;
            if (b >= 0x40 && b <= 0xFE && b != 0x7F) {
                pairs++;
                // Common hanzi and full-width punctuation of GB 2312, level 1.
                if (b >= 0xA1 && (first >= 0xB0 && first <= 0xD7 || first == 0xA1 || first == 0xA3))
                    commonGb++;
                if (first >= 0xA4 && first <= 0xC6 || first == 0xA1) commonBig5++;
            } else if (b >= 0x30 && b <= 0x39) {
                pairs++; // first half of a four-byte character; its second half pairs up likewise
            } else {
                broken++;
            }
        }

        void end() {
            if (lead != 0) broken++;
        }

        boolean looksLikeGb18030() {
            return pairs > 0 && broken * 20 <= pairs && commonGb * 10 >= pairs * 7;
        }

        boolean looksLikeBig5() {
            return pairs > 0 && broken * 20 <= pairs && commonBig5 * 10 >= pairs * 8;
        }
    }
}
