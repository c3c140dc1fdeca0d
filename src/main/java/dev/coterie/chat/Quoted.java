package dev.coterie.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a question holds in quotation marks. An apostrophe is none: a letter stands before it. */
final class Quoted {
    /** Between double marks or corner brackets, in group 1. */
    static final Pattern DOUBLE = Pattern.compile("[“\"「『]([^”\"」』]+)[”\"」』]");

    /** Between single marks, in group 1. */
    static final Pattern SINGLE =
            Pattern.compile(
                    "(?<!"
                            + SegmentName.LETTER
                            + ")['‘](?!\\s)([^\\n]{2,}?)['’](?!"
                            + SegmentName.LETTER
                            + ")");

    private static final Pattern ANY = Pattern.compile(DOUBLE + "|" + SINGLE);

    private Quoted() {}

    static Optional<String> first(String text) {
        return ANY.matcher(text)
                .results()
                .findFirst()
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1));
    }

    static String without(String text) {
        return ANY.matcher(text).replaceAll(" ");
    }
}
