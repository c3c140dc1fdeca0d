package dev.coterie.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How a file's bytes become text.
 *
 * @param charset such as UTF-8
 * @param markBytes bytes of the byte order mark to skip
 * @param marked true if a byte order mark named the encoding
 */
record Encoding(Charset charset, int markBytes, boolean marked) {
    /**
     * Stands for bytes that are no text in the encoding. It is no character, so it cannot be in a
     * sound file; the row that holds it is refused.
     */
    static final char UNDECODABLE = '\uFFFF';

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    Reader reader(InputStream in) throws IOException {
        in.skipNBytes(markBytes);
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(UNDECODABLE));
        return new InputStreamReader(in, decoder);
    }
}
