package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coterie.error.LimitException;
import dev.coterie.language.Language;
import dev.coterie.store.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {
    private static final long LIMIT = 5000;

    @TempDir Path folder;

    private record Bytes(String name, int length) implements Datasets.Incoming {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[length]);
        }
    }

    @Test
    void anUploadThatIsTooLargeInAllIsToldTheConfiguredLimit() throws IOException {
        try (Database database = Database.open(folder)) {
            var uploads = new UploadFolder(folder);
            Intake unread =
                    (files, choices) -> {
                        throw new IllegalStateException("too large to be read");
                    };
            var datasets = new Datasets(database, uploads, unread, Clock.systemUTC(), LIMIT);
            String project =
                    new Projects(database, Clock.systemUTC())
                            .create("Shop", Language.ENGLISH, false)
                            .id();
            var files = List.of(new Bytes("one.csv", 3000), new Bytes("two.csv", 3000));

            var refused =
                    assertThrows(
                            LimitException.class, () -> datasets.upload(project, "Both", files));

            assertEquals(LIMIT, refused.message().arguments().get("limit"));
            try (var left = Files.list(uploads.temporary())) {
                assertEquals(0, left.count());
            }
        }
    }
}
