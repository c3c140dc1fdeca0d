package dev.coterie.segment;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Rows cut into pieces of work. The cut depends on the number of rows only, so sums that are taken
 * piece by piece and then added in the order of the pieces are the same on any machine.
 *
 * @param n rows in all
 * @param length rows in one piece, a multiple of {@link Tiles#ROWS}; the last piece may be shorter
 */
record Pieces(int n, int length) {
    private static final int SHORTEST = 4 * Tiles.ROWS;

    /** Enough to keep the cores busy, few enough that k×d sums for each of them stay small. */
    private static final int MOST = 32;

    static Pieces of(int n) {
        int blocks = (n + Tiles.ROWS - 1) / Tiles.ROWS;
        int length = (blocks + MOST - 1) / MOST * Tiles.ROWS;
        return new Pieces(n, Math.max(SHORTEST, length));
    }

    int count() {
        return (n + length - 1) / length;
    }

    int from(int piece) {
        return piece * length;
    }

    int to(int piece) {
        return Math.min(n, (piece + 1) * length);
    }

    /** Work on one piece, with memory that only one thread uses at a time. */
    interface Work<S> {
        void on(int piece, S scratch);
    }

    /** Does the work on every piece, on all cores. */
    <S> void each(Supplier<S> scratch, Work<S> work) {
        shared(count(), scratch, work);
    }

    /**
     * Does some pieces of work, in order as cores become free; a single piece stays on the calling
     * thread. Safe to call from a parallel stream, whose threads it shares.
     */
    static <S> void shared(int count, Supplier<S> scratch, Work<S> work) {
        int workers = Math.min(count, Runtime.getRuntime().availableProcessors());
        if (workers <= 1) {
            S own = scratch.get();
            for (int piece = 0; piece < count; piece++) work.on(piece, own);
            return;
        }
        var next = new AtomicInteger();
        IntStream.range(0, workers)
                .parallel()
                .forEach(
                        worker -> {
                            S own = null;
                            for (int piece; (piece = next.getAndIncrement()) < count; ) {
                                if (own == null) own = scratch.get();
                                work.on(piece, own);
                            }
                        });
    }
}
