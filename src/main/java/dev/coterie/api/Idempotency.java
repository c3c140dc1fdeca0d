package dev.coterie.api;

import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.run.StoredAnswers;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes a POST with an {@code Idempotency-Key} happen once. Requests are told apart by path, query
 * and body: a body of files by its length first, so that it need not have arrived to claim the key,
 * and by its parts once they are there.
 */
final class Idempotency {
    private final StoredAnswers answers;

    Idempotency(StoredAnswers answers) {
        this.answers = answers;
    }

    /** Begins something that goes on by itself. */
    interface Beginning {
        /**
         * @return id of what was begun
         */
        String begin(Context ctx) throws Exception;
    }

    /** Answers with what was begun, as it is now. */
    interface Showing {
        void show(Context ctx, String id) throws Exception;
    }

    private interface Work {
        Kept perform() throws Exception;
    }

    private record Kept(int status, Optional<String> location, String body) {}

    /** The handler, at most once a key; its answer is repeated. */
    Handler once(Handler handler) {
        return ctx -> {
            Optional<String> name = name(ctx);
            if (name.isEmpty()) {
                handler.handle(ctx);
                return;
            }
            Optional<StoredAnswers.Known> known = answers.claim(name.get(), hash(ctx));
            if (known.isPresent()) repeat(ctx, known.get());
            else
                perform(
                        ctx,
                        name.get(),
                        () -> {
                            handler.handle(ctx);
                            return new Kept(
                                    ctx.statusCode(),
                                    Optional.ofNullable(ctx.res().getHeader("Location")),
                                    Optional.ofNullable(ctx.result()).orElse(""));
                        });
        };
    }

    /** Begins at most once a key; what was begun is shown each time as it is then. */
    Handler once(Beginning beginning, Showing showing) {
        return ctx -> {
            Optional<String> name = name(ctx);
            if (name.isEmpty()) {
                showing.show(ctx, beginning.begin(ctx));
                return;
            }
            Optional<StoredAnswers.Known> known = answers.claim(name.get(), hash(ctx));
            Optional<String> id;
            if (known.isPresent()) {
                id = replayed(ctx, known.get()).location();
            } else {
                id =
                        perform(
                                        ctx,
                                        name.get(),
                                        () -> new Kept(200, Optional.of(beginning.begin(ctx)), ""))
                                .location();
            }
            showing.show(ctx, id.orElseThrow());
        };
    }

    private static Optional<String> name(Context ctx) {
        String key = ctx.header("Idempotency-Key");
        if (key == null || key.isBlank()) return Optional.empty();
        if (key.length() > 255) throw Call.wrong("Idempotency-Key");
        return Optional.of(ctx.path() + " " + key);
    }

    private Kept perform(Context ctx, String name, Work work) throws Exception {
        boolean done = false;
        try {
            Kept kept = answers.noting(name, work::perform);
            // A refusal may be another one, or none, once what it asks for is done.
            if (kept.status() / 100 == 2) {
                answers.keep(
                        name, hash(ctx) + parts(ctx), kept.status(), kept.location(), kept.body());
                done = true;
            }
            return kept;
        } finally {
            if (!done) answers.release(name);
        }
    }

    private static void repeat(Context ctx, StoredAnswers.Known known) throws Exception {
        replayed(ctx, known).location().ifPresent(location -> ctx.header("Location", location));
        ctx.status(known.status())
                .contentType("application/json; charset=utf-8")
                .result(known.body().getBytes(StandardCharsets.UTF_8));
    }

    private static StoredAnswers.Known replayed(Context ctx, StoredAnswers.Known known)
            throws Exception {
        String hash = hash(ctx);
        // What a form holds is part of the hash only once it has all arrived.
        boolean same =
                known.kept()
                        ? known.requestHash().startsWith(hash)
                                && known.requestHash().equals(hash + parts(ctx))
                        : known.requestHash().equals(hash);
        if (!same) throw new InvalidInputException(Message.of("api.key_reused"), "", null);
        if (known.lost()) throw new ConflictException(Message.of("api.answer_lost"));
        if (!known.kept()) throw new ConflictException(Message.of("api.still_running"));
        ctx.header("Idempotency-Replayed", "true");
        return known;
    }

    private static String hash(Context ctx) {
        var digest = DigestUtils.getSha256Digest();
        String query = Optional.ofNullable(ctx.queryString()).orElse("");
        digest.update((ctx.path() + "?" + query).getBytes(StandardCharsets.UTF_8));
        byte[] body =
                ctx.isMultipart()
                        ? Long.toString(ctx.req().getContentLengthLong())
                                .getBytes(StandardCharsets.UTF_8)
                        : Call.bytes(ctx, Call.SMALL_BODY);
        return HexFormat.of().formatHex(digest.digest(body));
    }

    /** The hash of the files and fields of a form, read from where they were put; else empty. */
    private static String parts(Context ctx) throws IOException {
        if (!ctx.isMultipartFormData()) return "";
        var digest = DigestUtils.getSha256Digest();
        for (UploadedFile file : Call.files(ctx)) {
            add(digest, file.filename());
            add(digest, Long.toString(file.size()));
            try (InputStream content = file.content()) {
                DigestUtils.updateDigest(digest, content);
            }
        }
        var fields = new TreeMap<>(ctx.formParamMap());
        fields.forEach(
                (field, values) -> {
                    add(digest, field);
                    values.forEach(value -> add(digest, value));
                });
        return "." + HexFormat.of().formatHex(digest.digest());
    }

    /** A text and where it ends. */
    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
