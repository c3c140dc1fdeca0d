package dev.coterie.embed;

import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeds many texts: identical texts once, known texts from the cache, the rest in parallel, stored
 * in batches of {@value #BATCH}. A crash or a cancel loses at most one batch. Thread-safe.
 *
 * <p>Interactive calls ({@link #embedNow}) go first: batch work waits between two texts while one
 * is running.
 */
public final class Embedder implements AutoCloseable {
    /** Texts in one transaction of the cache. */
    public static final int BATCH = 64;

    /** Keys that the cache is asked for at a time. */
    private static final int READ = 1000;

    private static final Logger log = LoggerFactory.getLogger(Embedder.class);

    private final VectorCache cache;
    private final ExecutorService workers;
    private final AtomicInteger interactive = new AtomicInteger();

    /**
     * @param threads texts in work at once; 0 means one a core
     */
    public Embedder(VectorCache cache, int threads) {
        this.cache = cache;
        int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        this.workers =
                Executors.newFixedThreadPool(
                        count,
                        task -> {
                            var thread = new Thread(task, "embed");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * @param texts not blank
     * @return one unit vector per text, in order
     * @throws dev.coterie.error.CancelledException if the progress says so; finished batches stay
     *     cached
     */
    public Embeddings embed(SentenceEncoder encoder, List<String> texts, Progress progress) {
        long start = System.nanoTime();
        var card = encoder.card();
        var positions = new LinkedHashMap<String, Integer>();
        int[] distinctOf = new int[texts.size()];
        for (int i = 0; i < distinctOf.length; i++) {
            Integer known = positions.putIfAbsent(texts.get(i), positions.size());
            distinctOf[i] = known == null ? positions.size() - 1 : known;
        }
        var work = new Work(encoder, List.copyOf(positions.keySet()), progress);
        work.readCache();
        work.computeMissing();
        float[] values = new float[texts.size() * card.dimensions()];
        for (int i = 0; i < distinctOf.length; i++) {
            float[] vector = work.vectors[distinctOf[i]];
            System.arraycopy(vector, 0, values, i * card.dimensions(), card.dimensions());
        }
        if (work.cut > 0) {
            progress.notice(
                    Notice.warning(
                            Message.of(
                                    "embed.cut_texts",
                                    "count",
                                    work.cut,
                                    "tokens",
                                    card.maxTokens(),
                                    "encoder",
                                    card.name()),
                            work.cut));
        }
        log.info(
                "embed: {} texts, {} distinct, {} computed with {} in {} ms",
                texts.size(),
                work.texts.size(),
                work.missing.size(),
                card.name(),
                (System.nanoTime() - start) / 1_000_000);
        return new Embeddings(card, texts.size(), values);
    }

    /**
     * One text, at once, ahead of batch work. The vector is the same as the batch's, bit for bit.
     */
    public SentenceEncoder.Encoded embedNow(SentenceEncoder encoder, String text) {
        interactive.incrementAndGet();
        try {
            return encoder.encodeNow(text);
        } finally {
            interactive.decrementAndGet();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        cache.close();
    }

    /** One call of {@link #embed}. */
    private final class Work {
        final SentenceEncoder encoder;
        final List<String> texts;
        final Progress progress;
        final float[][] vectors;
        final byte[][] keys;
        final List<Integer> missing = new ArrayList<>();
        long cut;

        Work(SentenceEncoder encoder, List<String> texts, Progress progress) {
            this.encoder = encoder;
            this.texts = texts;
            this.progress = progress;
            this.vectors = new float[texts.size()][];
            this.keys = new byte[texts.size()][];
        }

        void readCache() {
            for (int from = 0; from < vectors.length; from += READ) {
                progress.checkCancelled();
                int to = Math.min(vectors.length, from + READ);
                for (int i = from; i < to; i++) {
                    keys[i] = VectorCache.key(encoder.card(), texts.get(i));
                }
                var known = cache.get(Arrays.asList(keys).subList(from, to));
                for (int i = from; i < to; i++) {
                    var entry = known.get(i - from);
                    if (entry.isPresent()) {
                        vectors[i] = entry.get().vector();
                        if (entry.get().cut()) cut++;
                    } else {
                        missing.add(i);
                    }
                }
            }
        }

        void computeMissing() {
            int done = texts.size() - missing.size();
            progress.advance(done, texts.size(), Progress.Unit.TEXTS);
            for (int from = 0; from < missing.size(); from += BATCH) {
                var batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
                computeBatch(batch);
                done += batch.size();
                progress.advance(done, texts.size(), Progress.Unit.TEXTS);
                progress.checkCancelled();
            }
        }

        private void computeBatch(List<Integer> batch) {
            Map<Integer, Future<SentenceEncoder.Encoded>> running = new LinkedHashMap<>();
            for (int i : batch) running.put(i, workers.submit(() -> encodeWhenIdle(texts.get(i))));
            var entries = new ArrayList<VectorCache.Entry>();
            var batchKeys = new ArrayList<byte[]>();
            try {
                for (var one : running.entrySet()) {
                    var encoded = one.getValue().get();
                    vectors[one.getKey()] = encoded.vector();
                    if (encoded.cut()) cut++;
                    batchKeys.add(keys[one.getKey()]);
                    entries.add(new VectorCache.Entry(encoded.vector(), encoded.cut()));
                }
            } catch (InterruptedException e) {
                running.values().forEach(f -> f.cancel(true));
                Thread.currentThread().interrupt();
                throw new dev.coterie.error.CancelledException(Message.of("embed.interrupted"), e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
            cache.put(batchKeys, entries);
        }

        private SentenceEncoder.Encoded encodeWhenIdle(String text) {
            while (interactive.get() > 0) LockSupport.parkNanos(200_000);
            return encoder.encode(text);
        }
    }
}
