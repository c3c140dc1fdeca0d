package dev.coterie.api;

import dev.coterie.config.Release;
import java.io.File;
import java.net.URISyntaxException;

/**
 * Which build is running.
 *
 * @param version as people know it
 * @param assets part of the address of every asset: another build has another one
 * @param packaged true if it runs from a jar, whose assets never change
 */
record Program(String version, String assets, boolean packaged) {
    static Program running() {
        String version = Release.VERSION;
        try {
            var file =
                    new File(
                            Program.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            String stamp = Long.toString(file.lastModified() / 1000, 36);
            return new Program(version, version + "-" + stamp, file.isFile());
        } catch (URISyntaxException e) {
            return new Program(version, version, false);
        }
    }
}
