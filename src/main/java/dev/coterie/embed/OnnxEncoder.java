package dev.coterie.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.coterie.error.MissingModelException;
import dev.coterie.language.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A BERT-like encoder in ONNX Runtime: one text a call, one thread a call. */
final class OnnxEncoder implements SentenceEncoder {
    static {
        // Read before the tokenizer's first use, else it calls a cloud metadata address.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** Tokens up to which waking other cores takes longer than they save. */
    private static final int FEW_TOKENS = 24;

    private final EncoderCard card;
    private final HuggingFaceTokenizer tokenizer;
    private final OrtEnvironment environment;

    /** One thread a call, called from many threads. */
    private final OrtSession batch;

    /**
     * All cores for one call: integer sums do not depend on how they are split, so neither do
     * vectors.
     */
    private final OrtSession quick;

    /** Where the runtime writes its answer: a new array a call would soon be a pause for all. */
    private final ThreadLocal<FloatBuffer> hidden = new ThreadLocal<>();

    /** Read by those who encode, written by the one who closes. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private OnnxEncoder(
            EncoderCard card,
            HuggingFaceTokenizer tokenizer,
            OrtEnvironment environment,
            OrtSession batch,
            OrtSession quick) {
        this.card = card;
        this.tokenizer = tokenizer;
        this.environment = environment;
        this.batch = batch;
        this.quick = quick;
    }

    static OnnxEncoder load(EncoderCard card, byte[] model, byte[] tokenizerJson) {
        HuggingFaceTokenizer tokenizer = null;
        try {
            tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(tokenizerJson),
                            Map.of("truncation", "false", "padding", "false"));
            return open(card, tokenizer, model);
        } catch (IOException | OrtException e) {
            if (tokenizer != null) tokenizer.close();
            throw new MissingModelException(
                    Message.of("embed.cannot_open", "file", "models/" + card.name()), e);
        }
    }

    /** Both sessions or none: what native code holds is freed by nobody else. */
    private static OnnxEncoder open(EncoderCard card, HuggingFaceTokenizer tokenizer, byte[] model)
            throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        int cores = Runtime.getRuntime().availableProcessors();
        OrtSession batch = session(environment, model, 1);
        try {
            OrtSession quick = cores == 1 ? batch : session(environment, model, Math.min(4, cores));
            return new OnnxEncoder(card, tokenizer, environment, batch, quick);
        } catch (OrtException e) {
            batch.close();
            throw e;
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] model, int threads)
            throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Spinning would take three milliseconds off the median and add ten to the slowest of a
            // hundred, since the spinner holds the core that the answer needs.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(model, options);
        }
    }

    @Override
    public EncoderCard card() {
        return card;
    }

    @Override
    public Encoded encode(String text) {
        return whileOpen(() -> encode(tokenizer.encode(text).getIds(), batch));
    }

    @Override
    public Encoded encodeNow(String text) {
        return whileOpen(
                () -> {
                    long[] ids = tokenizer.encode(text).getIds();
                    return encode(ids, ids.length <= FEW_TOKENS ? batch : quick);
                });
    }

    /** Native code whose sessions are closed under it takes the whole process down. */
    private Encoded whileOpen(Supplier<Encoded> work) {
        use.readLock().lock();
        try {
            if (closed) throw new IllegalStateException(card.name() + " is closed");
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    private Encoded encode(long[] tokenIds, OrtSession session) {
        long[] ids = tokenIds;
        int tokens = ids.length;
        boolean cut = tokens > card.maxTokens();
        if (cut) {
            long last = ids[tokens - 1];
            ids = Arrays.copyOf(ids, card.maxTokens());
            ids[ids.length - 1] = last; // the closing special token
        }
        return new Encoded(normalise(pool(hiddenStates(ids, session), ids.length)), tokens, cut);
    }

    /** tokens × dimensions, row-major, valid until this thread's next call. */
    private FloatBuffer hiddenStates(long[] ids, OrtSession session) {
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        FloatBuffer states = room(ids.length * card.dimensions());
        try (var inputIds = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                var types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[ids.length]), shape);
                var answer =
                        OnnxTensor.createTensor(
                                environment,
                                states,
                                new long[] {1, ids.length, card.dimensions()})) {
            var inputs = new HashMap<String, OnnxTensor>();
            inputs.put("input_ids", inputIds);
            inputs.put("attention_mask", mask);
            if (session.getInputNames().contains("token_type_ids")) {
                inputs.put("token_type_ids", types);
            }
            String name = session.getOutputNames().iterator().next();
            session.run(inputs, Map.of(name, answer)).close();
            return states;
        } catch (OrtException e) {
            throw new IllegalStateException("inference failed for " + card.name(), e);
        }
    }

    private FloatBuffer room(int floats) {
        FloatBuffer room = hidden.get();
        if (room == null || room.capacity() < floats) {
            room =
                    ByteBuffer.allocateDirect(Float.BYTES * floats)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
            hidden.set(room);
        }
        return room.slice(0, floats);
    }

    private float[] pool(FloatBuffer hidden, int tokens) {
        float[] pooled = new float[card.dimensions()];
        if (card.pooling().equals("cls")) {
            hidden.get(0, pooled);
            return pooled;
        }
        for (int t = 0; t < tokens; t++) {
            for (int d = 0; d < pooled.length; d++) pooled[d] += hidden.get(t * pooled.length + d);
        }
        for (int d = 0; d < pooled.length; d++) pooled[d] /= tokens;
        return pooled;
    }

    private static float[] normalise(float[] vector) {
        double squares = 0;
        for (float v : vector) squares += (double) v * v;
        if (squares == 0) return vector;
        float scale = (float) (1 / Math.sqrt(squares));
        float[] unit = new float[vector.length];
        for (int d = 0; d < unit.length; d++) unit[d] = vector[d] * scale;
        return unit;
    }

    /** Waits for the texts at work. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            batch.close();
            if (quick != batch) quick.close();
            tokenizer.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close " + card.name(), e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
