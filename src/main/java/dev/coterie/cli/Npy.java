package dev.coterie.cli;

import dev.coterie.embed.Embeddings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes vectors as a NumPy array file: float32, rows × dimensions, C order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY format
 *     1.0</a>
 */
final class Npy {
    private static final int ALIGNMENT = 64;

    private Npy() {}

    static void write(Embeddings vectors, OutputStream out) throws IOException {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': ("
                        + vectors.rows()
                        + ", "
                        + vectors.dimensions()
                        + "), }";
        int before = 10 + header.length() + 1;
        header += " ".repeat((ALIGNMENT - before % ALIGNMENT) % ALIGNMENT) + "\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.write(header.length() & 0xff);
        out.write(header.length() >> 8);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        for (int row = 0; row < vectors.rows(); row++) {
            var buffer =
                    ByteBuffer.allocate(vectors.dimensions() * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(vectors.row(row));
            out.write(buffer.array());
        }
    }
}
