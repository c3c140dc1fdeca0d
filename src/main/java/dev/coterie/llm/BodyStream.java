package dev.coterie.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of a body as they come, read under limits: first byte, idle time, byte rate, deadline,
 * cancel. The wire is asked for the next piece only when the last one was read.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Piece END = new Piece(List.of(), null);

    private record Piece(List<ByteBuffer> buffers, Throwable failure) {}

    private final Try call;
    private final long started;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<BodyStream> self = CompletableFuture.completedFuture(this);
    private volatile Flow.Subscription subscription;
    private List<ByteBuffer> current = List.of();
    private boolean ended;
    private boolean begun;
    private long lastByte;
    private long windowStart;
    private long windowBytes;

    /**
     * @param started {@link System#nanoTime} of the request
     */
    BodyStream(Try call, long started) {
        this.call = call;
        this.started = started;
        this.lastByte = started;
        this.windowStart = started;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return self;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        s.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure));
    }

    @Override
    public void onComplete() {
        pieces.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (true) {
            for (ByteBuffer buffer : current) {
                if (!buffer.hasRemaining()) continue;
                int count = Math.min(length, buffer.remaining());
                buffer.get(bytes, offset, count);
                return count;
            }
            if (ended) return -1;
            next();
        }
    }

    private void next() throws IOException {
        Piece piece = await();
        if (piece.failure() != null) {
            ended = true;
            throw new IOException("connection broken", piece.failure());
        }
        if (piece == END) {
            ended = true;
            current = List.of();
            return;
        }
        current = piece.buffers();
        long now = System.nanoTime();
        if (!begun) windowStart = now;
        begun = true;
        call.begun();
        lastByte = now;
        for (ByteBuffer buffer : current) windowBytes += buffer.remaining();
        checkRate(now);
        subscription.request(1);
    }

    private Piece await() throws IOException {
        while (true) {
            call.check();
            long now = System.nanoTime();
            var limits = call.limits();
            if (!begun && now - started > limits.firstByte().toNanos()) {
                throw FaultException.of(Fault.NO_ANSWER);
            }
            if (begun && now - lastByte > limits.idle().toNanos()) {
                throw FaultException.of(Fault.STALLED);
            }
            try {
                Piece piece = pieces.poll(LOOK_EVERY, TimeUnit.NANOSECONDS);
                if (piece != null) return piece;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (InterruptedIOException)
                        new InterruptedIOException("interrupted").initCause(e);
            }
        }
    }

    private void checkRate(long now) {
        long window = call.limits().rateWindow().toNanos();
        if (now - windowStart < window) return;
        double seconds = (now - windowStart) / 1e9;
        if (windowBytes < call.limits().minBytesPerSecond() * seconds) {
            throw FaultException.of(Fault.TOO_SLOW);
        }
        windowStart = now;
        windowBytes = 0;
    }

    /** Closes the connection without reading on. */
    @Override
    public void close() {
        var s = subscription;
        if (s != null && !ended) s.cancel();
        ended = true;
    }
}
