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

    /** The handler, at most once a key. */
    Handler once(Handler handler) {
        return ctx -> {
            String key = ctx.header("Idempotency-Key");
            if (key == null || key.isBlank()) {
                handler.handle(ctx);
                return;
            }
            if (key.length() > 255) throw Call.wrong("Idempotency-Key");
            String name = ctx.path() + " " + key;
            Optional<StoredAnswers.Known> known = answers.claim(name, hash(ctx));
            if (known.isPresent()) replay(ctx, known.get());
            else perform(ctx, handler, name);
        };
    }

    private void perform(Context ctx, Handler handler, String name) throws Exception {
        boolean done = false;
        try {
            handler.handle(ctx);
            // A refusal may be another one, or none, once what it asks for is done.
            if (ctx.statusCode() / 100 == 2) {
                answers.keep(
                        name,
                        hash(ctx) + parts(ctx),
                        ctx.statusCode(),
                        Optional.ofNullable(ctx.res().getHeader("Location")),
                        Optional.ofNullable(ctx.result()).orElse(""));
                done = true;
            }
        } finally {
            if (!done) answers.release(name);
        }
    }

    private static void replay(Context ctx, StoredAnswers.Known known) throws Exception {
        String hash = hash(ctx);
        boolean same =
                known.status() == 0
                        ? known.requestHash().equals(hash)
                        : known.requestHash().startsWith(hash)
                                && known.requestHash().equals(hash + parts(ctx));
        if (!same) throw new InvalidInputException(Message.of("api.key_reused"), "", null);
        if (known.status() == 0) {
            throw new ConflictException(Message.of("api.still_running"));
        }
        ctx.header("Idempotency-Replayed", "true");
        known.location().ifPresent(location -> ctx.header("Location", location));
        ctx.status(known.status())
                .contentType("application/json; charset=utf-8")
                .result(known.body().getBytes(StandardCharsets.UTF_8));
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
