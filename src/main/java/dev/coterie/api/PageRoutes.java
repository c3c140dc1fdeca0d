package dev.coterie.api;

import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The page, its assets and the libraries it uses. */
final class PageRoutes {
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json; charset=utf-8"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final Program program;
    private final Optional<Path> folder;

    /**
     * @param folder where to read the page from instead of the class path, without any cache
     */
    PageRoutes(Program program, Optional<Path> folder) {
        this.program = program;
        this.folder = folder.map(path -> path.toAbsolutePath().normalize());
    }

    void add(RoutesConfig routes) {
        routes.get("/assets/{version}/<path>", this::asset);
        routes.get("/webjars/<path>", this::library);
        routes.get("/favicon.ico", ctx -> send(ctx, resource("icon.svg"), "svg", "no-cache"));
    }

    /** True for the addresses that answer with the page: all but those of programs and assets. */
    static boolean isPage(Context ctx) {
        String path = ctx.path();
        boolean program =
                path.equals("/api")
                        || path.startsWith("/api/")
                        || path.startsWith("/v1/")
                        || path.startsWith("/mcp")
                        || path.startsWith("/assets/")
                        || path.startsWith("/webjars/")
                        || path.equals(ReferenceRoutes.ADDRESS)
                        || path.equals("/health")
                        || path.equals("/ready")
                        || path.equals("/metrics");
        String method = ctx.method().name();
        return !program && (method.equals("GET") || method.equals("HEAD"));
    }

    void page(Context ctx) {
        Optional<byte[]> index = resource("index.html");
        if (index.isEmpty()) throw missing(ctx);
        String html =
                new String(index.get(), StandardCharsets.UTF_8)
                        .replace("{{version}}", program.assets());
        ctx.status(200)
                .contentType("text/html; charset=utf-8")
                .header("Cache-Control", "no-cache")
                .result(html.getBytes(StandardCharsets.UTF_8));
    }

    private void asset(Context ctx) {
        boolean cached =
                folder.isEmpty()
                        && program.packaged()
                        && ctx.pathParam("version").equals(program.assets());
        String path = ctx.pathParam("path");
        send(ctx, resource(path), ending(path), cached ? FOR_A_YEAR : "no-store");
    }

    private void library(Context ctx) {
        String path = ctx.pathParam("path");
        send(ctx, classPath("/META-INF/resources/webjars/" + path), ending(path), FOR_A_YEAR);
    }

    private static void send(
            Context ctx, Optional<byte[]> bytes, String ending, String cacheControl) {
        String type = TYPES.get(ending);
        if (bytes.isEmpty() || type == null) throw missing(ctx);
        ctx.contentType(type).header("Cache-Control", cacheControl).result(bytes.get());
    }

    private static NotFoundException missing(Context ctx) {
        return new NotFoundException(Message.of("api.no_such_address", "path", ctx.path()));
    }

    private Optional<byte[]> resource(String path) {
        if (folder.isEmpty()) return classPath("/web/" + path);
        Path file = folder.get().resolve(path).normalize();
        if (!file.startsWith(folder.get()) || !Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> classPath(String path) {
        if (path.contains("..") || path.endsWith("/")) return Optional.empty();
        try (InputStream in = PageRoutes.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
