package dev.coterie.segment;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The innermost loop of everything that compares rows with centroids. */
final class ProductKernel {
    private static final ProductKernel KERNEL = new ProductKernel();

    /**
     * An instance field, so that the compiler does not know its value and must call the loop as a
     * method of its own. Inlined between its callers' loops it is compiled without vector
     * instructions and takes three times as long (JDK 17).
     */
    private final MethodHandle products;

    private ProductKernel() {
        try {
            var type =
                    MethodType.methodType(
                            void.class,
                            float[].class,
                            float[].class,
                            float[].class,
                            int.class,
                            float[].class);
            products = MethodHandles.lookup().findStatic(ProductKernel.class, "addProducts", type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Adds the products of three dimensions of 512 rows with two targets to the scores.
     *
     * @param tile 3·512
     * @param first target whose scores are the first 512
     * @param second target whose scores are the other 512
     * @param j the first of the three dimensions, in both targets
     */
    static void add(float[] tile, float[] first, float[] second, int j, float[] scores) {
        try {
            KERNEL.products.invokeExact(tile, first, second, j, scores);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // the loop throws no checked exception
        }
    }

    private static void addProducts(
            float[] tile, float[] first, float[] second, int j, float[] scores) {
        float a0 = first[j];
        float a1 = first[j + 1];
        float a2 = first[j + 2];
        float b0 = second[j];
        float b1 = second[j + 1];
        float b2 = second[j + 2];
        for (int i = 0; i < Tiles.ROWS; i++) {
            float x0 = tile[i];
            float x1 = tile[i + Tiles.ROWS];
            float x2 = tile[i + 2 * Tiles.ROWS];
            scores[i] = Math.fma(x2, a2, Math.fma(x1, a1, Math.fma(x0, a0, scores[i])));
            scores[i + Tiles.ROWS] =
                    Math.fma(x2, b2, Math.fma(x1, b1, Math.fma(x0, b0, scores[i + Tiles.ROWS])));
        }
    }
}
