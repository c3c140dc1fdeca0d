package dev.coterie.api;

import dev.coterie.error.ConflictException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.run.StoredAnswers;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Makes a POST with an {@code Idempotency-Key} happen once. */
final class Idempotency {
    private final StoredAnswers answers;

    Idempotency(StoredAnswers answers) {
        this.answers = answers;
    }

    /** The handler, at most once a key. Requests with a body of files are told apart by size. */
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
        if (!known.requestHash().equals(hash(ctx))) {
            throw new InvalidInputException(Message.of("api.key_reused"), "", null);
        }
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
}
