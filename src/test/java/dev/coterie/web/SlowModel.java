package dev.coterie.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A language model that answers chat with one true sentence, and goes on with another; its first
 * answer then never comes to an end.
 */
final class SlowModel implements AutoCloseable {
    private static final Pattern FACT = Pattern.compile("(\\{\\{f\\d+}}) = ");
    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";
    private static final int PAUSE_MILLIS = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger leftAlone = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    SlowModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** How many answers were hung up on. */
    int leftAlone() {
        return leftAlone.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher fact = FACT.matcher(body);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            // Names are none of this model's business.
            boolean asked = body.contains("\"tools\"") && fact.find();
            boolean on = body.contains("Go on from its last sentence");
            String sentence =
                    on ? "Altogether %s customers are in it. " : "This segment has %s customers. ";
            say(out, asked ? sentence.formatted(fact.group(1)) : "no");
            boolean endless = asked && answers.getAndIncrement() == 0;
            while (endless && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                say(out, "and so ");
            }
            out.write(END.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            leftAlone.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        String event =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        server.stop(0);
    }
}
