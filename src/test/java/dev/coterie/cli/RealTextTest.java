package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Short texts of known intent: the product's clusters against plain k-means on the same vectors.
 */
@Tag("data")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealTextTest {
    @TempDir static Path folder;

    private final Locale locale = Locale.getDefault();
    private SharedServices services;

    @BeforeAll
    void makeServices() {
        services = new SharedServices(folder);
    }

    @AfterAll
    void closeServices() {
        services.end();
        Locale.setDefault(locale);
    }

    /**
     * Normalised mutual information in percent, the mean of three seeds.
     *
     * @param plain k-means++ with ten starts
     */
    private record Figures(double plain, double product) {}

    private Figures eval(String file, String... more) {
        String data = System.getenv("COTERIE_TEST_DATA");
        Assumptions.assumeTrue(data != null && Files.isDirectory(Path.of(data)));
        var line =
                new ArrayList<>(
                        List.of("eval", "text", Path.of(data).resolve(file).toString(), "--quiet"));
        line.addAll(List.of("--column", "text", "--label", "label"));
        line.addAll(List.of(more));
        var bytes = new ByteArrayOutputStream();
        PrintStream output = System.out;
        int exit;
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            exit =
                    CoterieCommand.run(
                            line.toArray(String[]::new),
                            Map.of("COTERIE_LANG", "en"),
                            () -> services);
        } finally {
            System.setOut(output);
        }
        String table = bytes.toString(StandardCharsets.UTF_8);
        System.out.print(file + ": " + table);
        assertEquals(ExitCode.DONE, exit);
        double[] figures =
                table.lines()
                        .skip(2)
                        .mapToDouble(row -> Double.parseDouble(row.strip().split(" {2,}")[1]))
                        .toArray();
        return new Figures(figures[0], figures[1]);
    }

    @Test
    void banking77IsFoundBetterThanByPlainKMeans() {
        var figures = eval("banking77/banking77.csv");
        assertTrue(figures.product() >= 84, figures.toString());
        assertTrue(figures.product() >= figures.plain() + 1.5, figures.toString());
    }

    @Test
    void clinc150IsFoundBetterThanByPlainKMeans() {
        var figures = eval("clinc150/clinc150.csv", "--leave-out", "oos");
        assertTrue(figures.product() >= figures.plain() + 1, figures.toString());
    }
}
