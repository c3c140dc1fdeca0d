package dev.coterie.run;

/** Makes names given by people fit to be shown: no path, no control or direction characters. */
final class DisplayName {
    private DisplayName() {}

    /** One line of at most {@code longest} UTF-16 units, cut between characters. */
    static String of(String name, int longest) {
        String clean =
                name.codePoints()
                        .filter(c -> !Character.isISOControl(c) && !steersDirection(c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        if (clean.length() <= longest) return clean;
        int end = Character.isHighSurrogate(clean.charAt(longest - 1)) ? longest - 1 : longest;
        return clean.substring(0, end).strip();
    }

    /** The last part of a path, as browsers and attackers may send one as a file name. */
    static String ofFile(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = of(last, 120);
        return clean.isEmpty() || clean.equals(".") || clean.equals("..") ? "file" : clean;
    }

    private static boolean steersDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
