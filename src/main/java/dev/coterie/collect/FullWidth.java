package dev.coterie.collect;

/** Full-width digits and signs as their plain forms, and odd spaces as plain ones. */
final class FullWidth {
    private FullWidth() {}

    static String plain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) > 0x7F) return convert(cell).strip();
        }
        return cell.strip();
    }

    private static String convert(String cell) {
        var plain = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '\uFF01' && c <= '\uFF5E') plain.append((char) (c - 0xFEE0));
            else if (c == '\u3000' || c == '\u00A0' || c == '\u202F' || c == '\u2009')
                plain.append(' ');
            else if (c == '\u2212' || c == '\u2012' || c == '\u2013') plain.append('-');
            else if (c == '\uFFE5') plain.append('\u00A5');
            else if (c == '\uFFE1') plain.append('\u00A3');
            else plain.append(c);
        }
        return plain.toString();
    }
}
