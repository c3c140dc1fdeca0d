package dev.coterie.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.CancelledException;
import dev.coterie.error.MissingModelException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedderTest {
    static EncoderCatalog catalog;

    @BeforeAll
    static void openCatalog() {
        catalog = new EncoderCatalog(Optional.empty());
    }

    @AfterAll
    static void closeCatalog() {
        catalog.close();
    }

    /** Counts calls, so that a test sees what was computed. */
    static final class CountingEncoder implements SentenceEncoder {
        final SentenceEncoder encoder = catalog.open("text-fast");
        final AtomicInteger calls = new AtomicInteger();

        @Override
        public EncoderCard card() {
            return encoder.card();
        }

        @Override
        public Encoded encode(String text) {
            calls.incrementAndGet();
            return encoder.encode(text);
        }

        @Override
        public void close() {}
    }

    /** Remembers notices and cancels after a number of finished texts. */
    static final class Watching implements Progress {
        final List<Notice> notices = new ArrayList<>();
        final long cancelAfter;
        long done;

        Watching(long cancelAfter) {
            this.cancelAfter = cancelAfter;
        }

        @Override
        public void advance(long done, long total, Unit unit) {
            this.done = done;
        }

        @Override
        public void notice(Notice notice) {
            notices.add(notice);
        }

        @Override
        public void checkCancelled() {
            if (done >= cancelAfter) {
                throw new CancelledException(Message.of("embed.interrupted"));
            }
        }
    }

    static List<String> sentences(int count) {
        var random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> "parcel " + i + " was late ".repeat(1 + random.nextInt(6)) + "again")
                .toList();
    }

    @Nested
    class SameTextSameVector {
        @Test
        void inEveryOrderAndThreadBitForBit(@TempDir Path folder) {
            var texts = new ArrayList<>(sentences(40));
            var encoder = catalog.open("text-default");
            float[] alone = encoder.encode(texts.get(3)).vector();
            try (var embedder = new Embedder(new VectorCache(folder.resolve("a.db")), 2)) {
                var vectors = embedder.embed(encoder, texts, Progress.NONE);
                assertArrayEquals(alone, vectors.row(3));
            }
            Collections.shuffle(texts, new Random(1));
            try (var embedder = new Embedder(new VectorCache(folder.resolve("b.db")), 3)) {
                var vectors = embedder.embed(encoder, texts, Progress.NONE);
                int again = texts.indexOf(sentences(40).get(3));
                assertArrayEquals(alone, vectors.row(again));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"bge-small-en-v1.5-q", "bge-small-zh-v1.5-q", "all-minilm-l6-v2-q"})
        void forACallerWhoWaitsToo(String name) {
            var encoder = catalog.open(name);
            for (String text : sentences(30)) {
                assertArrayEquals(encoder.encode(text).vector(), encoder.encodeNow(text).vector());
            }
        }

        @Test
        void fromTheCacheToo(@TempDir Path folder) {
            var encoder = new CountingEncoder();
            var texts = sentences(70);
            for (int round = 0; round < 2; round++) {
                try (var embedder = new Embedder(new VectorCache(folder.resolve("v.db")), 2)) {
                    var vectors = embedder.embed(encoder, texts, Progress.NONE);
                    assertArrayEquals(
                            encoder.encoder.encode(texts.get(69)).vector(), vectors.row(69));
                }
            }
            assertEquals(70, encoder.calls.get());
        }

        @Test
        void andIdenticalTextsAreComputedOnce(@TempDir Path folder) {
            var encoder = new CountingEncoder();
            try (var embedder = new Embedder(new VectorCache(folder.resolve("v.db")), 2)) {
                embedder.embed(encoder, List.of("same", "same", "other", "same"), Progress.NONE);
            }
            assertEquals(2, encoder.calls.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small-en-v1.5-q", "bge-small-zh-v1.5-q", "all-minilm-l6-v2-q"})
    void vectorsAreUnitVectorsThatKnowMeaning(String name) {
        var encoder = catalog.open(name);
        boolean chinese = encoder.card().language().equals("zh");
        float[] late = encoder.encode(chinese ? "快递又迟到了" : "The parcel came late again").vector();
        float[] slow =
                encoder.encode(chinese ? "物流太慢，等了很久" : "Delivery took far too long").vector();
        float[] soft =
                encoder.encode(chinese ? "面料柔软，穿着舒服" : "Such a soft and cosy fabric").vector();
        assertEquals(1, cosine(late, late), 1e-5);
        assertTrue(cosine(late, slow) > cosine(late, soft) + 0.05);
    }

    @Test
    void textsLongerThanTheWindowAreCutAndCounted(@TempDir Path folder) {
        var watching = new Watching(Long.MAX_VALUE);
        try (var embedder = new Embedder(new VectorCache(folder.resolve("v.db")), 2)) {
            embedder.embed(
                    catalog.open("text-fast"), List.of("word ".repeat(600), "short"), watching);
        }
        assertEquals(1, watching.notices.size());
        assertEquals(1, watching.notices.get(0).count());
        assertTrue(watching.notices.get(0).message().toString().contains("256"));
    }

    @Test
    void aCancelLosesAtMostOneBatch(@TempDir Path folder) {
        var encoder = new CountingEncoder();
        var texts = sentences(300);
        try (var embedder = new Embedder(new VectorCache(folder.resolve("v.db")), 2)) {
            assertThrows(
                    CancelledException.class,
                    () -> embedder.embed(encoder, texts, new Watching(128)));
            embedder.embed(encoder, texts, Progress.NONE);
        }
        assertTrue(encoder.calls.get() <= 300 + Embedder.BATCH, "calls " + encoder.calls.get());
    }

    /** Sessions that are closed under a running call would end the process, not the test. */
    @Test
    void anEncoderIsClosedBetweenTextsAndRefusesAfterwards() throws Exception {
        var callers = Executors.newFixedThreadPool(3);
        var own = new EncoderCatalog(Optional.empty());
        try {
            var encoder = own.open("text-fast");
            var begun = new CountDownLatch(3);
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < 3; i++) {
                ends.add(
                        callers.submit(
                                () -> {
                                    while (true) {
                                        encoder.encode("parcel late ".repeat(40));
                                        begun.countDown();
                                    }
                                }));
            }
            begun.await();
            own.close();
            for (Future<?> end : ends) {
                var stopped = assertThrows(ExecutionException.class, end::get);
                assertInstanceOf(IllegalStateException.class, stopped.getCause());
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aBrokenCacheFileIsBuiltAgain(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("v.db");
        Files.writeString(file, "this is not a database, it only pretends to be one".repeat(100));
        try (var embedder = new Embedder(new VectorCache(file), 1)) {
            assertEquals(
                    1,
                    embedder.embed(catalog.open("text-fast"), List.of("x"), Progress.NONE).rows());
        }
    }

    @Nested
    class Catalog {
        @Test
        void knowsAliases() {
            assertEquals("bge-small-en-v1.5-q", catalog.card("text-default").name());
            assertEquals("bge-small-zh-v1.5-q", catalog.card("text-zh").name());
            assertEquals("all-minilm-l6-v2-q", catalog.card("text-fast").name());
        }

        @Test
        void namesTheEncodersThereAre() {
            var e = assertThrows(NotFoundException.class, () -> catalog.open("gpt-9"));
            assertTrue(e.getMessage().contains("bge-small-en-v1.5-q"));
        }

        @Test
        void aFolderThatComesLaterIsSeenAtTheNextStart(@TempDir Path folder) throws Exception {
            try (var own = new EncoderCatalog(Optional.of(folder))) {
                Path model = Files.createDirectories(folder.resolve("later"));
                Files.writeString(model.resolve("model.yaml"), "name: later\ndimensions: 4\n");
                assertEquals(3, own.cards().size());
                assertThrows(NotFoundException.class, () -> own.card("later"));
            }
        }

        @Test
        void refusesAFileThatIsNotTheOneDescribed(@TempDir Path folder) throws Exception {
            broken(folder.resolve("mine"));
            try (var own = new EncoderCatalog(Optional.of(folder))) {
                var e = assertThrows(MissingModelException.class, () -> own.open("mine"));
                assertTrue(e.getMessage().contains("SHA-256"));
            }
        }

        @Test
        void isOpenedOnDemandOnlyForTextsThatAreNotCached(@TempDir Path folder) throws Exception {
            broken(folder.resolve("mine"));
            var cache = new VectorCache(folder.resolve("v.db"));
            try (var own = new EncoderCatalog(Optional.of(folder));
                    var embedder = new Embedder(cache, 1)) {
                var encoder = own.onDemand("mine");
                float[] vector = {0, 1, 0, 0};
                cache.put(
                        List.of(VectorCache.key(encoder.card(), "known")),
                        List.of(new VectorCache.Entry(vector, false)));
                var found = embedder.embed(encoder, List.of("known"), Progress.NONE);
                assertArrayEquals(vector, found.row(0));
                assertThrows(
                        MissingModelException.class,
                        () -> embedder.embed(encoder, List.of("new"), Progress.NONE));
            }
        }

        /** An encoder whose card is in order and whose file is not. */
        private static void broken(Path model) throws Exception {
            Files.createDirectories(model);
            Files.writeString(
                    model.resolve("model.yaml"),
                    "name: mine\ndimensions: 4\nmax-tokens: 8\npooling: cls\nlanguage: en\n"
                            + "licence: MIT\nmodel-sha256: 00\ntokenizer-sha256: 00\n");
            Files.writeString(model.resolve("model.onnx"), "not a model");
        }
    }

    @Test
    void textLanguageIsTheLanguageOfMostTexts() {
        assertEquals("zh", TextLanguage.of(List.of("物流很慢", "质量不错，推荐", "ok")).main());
        assertEquals("en", TextLanguage.of(List.of("fine", "very good", "质量不错")).main());
        assertEquals(1.0 / 3, TextLanguage.of(List.of("fine", "good", "质量不错")).others(), 1e-9);
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) sum += a[d] * b[d];
        return sum;
    }
}
