package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that the server finds before any route: the same problem, the same policy, no detail. */
final class ServerErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            String message,
            Throwable cause,
            Callback callback) {
        SecurityHeaders.put(response.getHeaders());
        response.getHeaders().put("Content-Type", "application/problem+json; charset=utf-8");
        response.write(true, ByteBuffer.wrap(problem(status)), callback);
    }

    private static byte[] problem(int status) {
        var problem = new Problem(status, "bad_request", Message.of("api.bad_request"));
        return Body.json(problem.body(Language.ENGLISH, "")).getBytes(StandardCharsets.UTF_8);
    }
}
