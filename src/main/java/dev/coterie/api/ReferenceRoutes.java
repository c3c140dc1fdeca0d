package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.reference.ApiReference;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;

/** {@code /openapi.json}: the API's own description. */
final class ReferenceRoutes {
    static final String ADDRESS = "/openapi.json";

    private record Text(byte[] json, String etag) {}

    private final String version;
    private final Map<Language, Text> texts = new ConcurrentHashMap<>();

    ReferenceRoutes(Program program) {
        this.version = program.version();
    }

    void add(RoutesConfig routes) {
        routes.get(ADDRESS, this::document);
    }

    private void document(Context ctx) {
        Text text = texts.computeIfAbsent(Call.language(ctx), this::read);
        ctx.header("ETag", text.etag())
                .header("Cache-Control", "no-cache")
                .header("Vary", "Accept-Language");
        if (text.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType("application/json; charset=utf-8").result(text.json());
    }

    private Text read(Language language) {
        byte[] json =
                ApiReference.document(version, language)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        return new Text(json, '"' + DigestUtils.sha256Hex(json).substring(0, 16) + '"');
    }
}
