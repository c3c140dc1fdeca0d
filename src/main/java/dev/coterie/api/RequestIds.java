package dev.coterie.api;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The id of each request: in its answer's header, its problem, and the log. */
final class RequestIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String KEY = "request-id";

    private RequestIds() {}

    static String of(Context ctx) {
        String known = ctx.attribute(KEY);
        if (known != null) return known;
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        String id = "req_" + HexFormat.of().formatHex(bytes);
        ctx.attribute(KEY, id);
        return id;
    }
}
