package dev.coterie.segment;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The innermost loop of the search for neighbours, laid out like {@link ProductKernel}. */
final class DistanceKernel {
    /** Rows whose distances are computed together. */
    static final int ROWS = 128;

    /** Dimensions in a tile. */
    static final int DEPTH = 4;

    private static final DistanceKernel KERNEL = new DistanceKernel();

    /** An instance field, so that the loop is not inlined and gets its vector instructions. */
    private final MethodHandle squares;

    private DistanceKernel() {
        try {
            var type =
                    MethodType.methodType(
                            void.class, float[].class, float[].class, int.class, float[].class);
            squares = MethodHandles.lookup().findStatic(DistanceKernel.class, "addSquares", type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Adds the squared differences of four dimensions between 128 rows and one query.
     *
     * @param tile 4·128
     * @param query its values
     * @param j the first of the four dimensions in the query
     * @param squares 128 sums
     */
    static void add(float[] tile, float[] query, int j, float[] squares) {
        try {
            KERNEL.squares.invokeExact(tile, query, j, squares);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // the loop throws no checked exception
        }
    }

    private static void addSquares(float[] tile, float[] query, int j, float[] squares) {
        float q0 = query[j];
        float q1 = query[j + 1];
        float q2 = query[j + 2];
        float q3 = query[j + 3];
        for (int i = 0; i < ROWS; i++) {
            float d0 = tile[i] - q0;
            float d1 = tile[i + ROWS] - q1;
            float d2 = tile[i + 2 * ROWS] - q2;
            float d3 = tile[i + 3 * ROWS] - q3;
            squares[i] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
        }
    }
}
