package dev.coterie.demo;

/**
 * One file of a demo project.
 *
 * @param name file name, such as {@code orders.csv}
 * @param csv its whole text: comma-separated, header first, line feeds between rows
 */
public record DemoFile(String name, String csv) {}
