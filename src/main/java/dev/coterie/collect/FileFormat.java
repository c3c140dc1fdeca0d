package dev.coterie.collect;

/**
 * What was detected over the whole file.
 *
 * @param kind {@code csv} or {@code jsonl}
 * @param encoding IANA name, such as {@code UTF-8}, {@code UTF-16LE}, {@code GB18030}
 * @param delimiter of a CSV file; {@code ','} for JSON Lines
 * @param gzip true if the bytes were compressed
 * @param header true if the first record named the columns
 */
public record FileFormat(
        String kind, String encoding, char delimiter, boolean gzip, boolean header) {}
