package dev.coterie.run;

import java.nio.file.Path;

/**
 * A file to analyse.
 *
 * @param path where its bytes are
 * @param name display name, such as {@code orders.csv}
 */
public record SourceFile(Path path, String name) {}
