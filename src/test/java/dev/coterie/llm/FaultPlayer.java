package dev.coterie.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.llm.SocketServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;

/**
 * Plays the steps of a scenario of {@code faults.json} on a raw socket. Times are multiplied by a
 * factor; references in texts are rewritten to those of the run.
 */
final class FaultPlayer implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final SocketServer server;
    private final double factor;
    private final String purpose;
    private final JsonNode good;
    private final UnaryOperator<String> localise;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicInteger words = new AtomicInteger();
    private volatile Random coin = new Random(7);

    /** What answers some requests. */
    private static final class Part {
        final String path;
        int left;
        final List<JsonNode> steps = new ArrayList<>();

        Part(String path, int left) {
            this.path = path;
            this.left = left;
        }
    }

    /**
     * @param port 0 for any
     * @param how resolved steps, without set-up
     * @param localise rewrites references
     */
    FaultPlayer(
            ServerSocketFactory sockets,
            int port,
            List<JsonNode> how,
            String purpose,
            JsonNode good,
            double factor,
            UnaryOperator<String> localise)
            throws IOException {
        this.factor = factor;
        this.purpose = purpose;
        this.good = good;
        this.localise = localise;
        for (JsonNode step : how) {
            String op = step.path("op").asText();
            if (op.equals("on_request")) {
                boolean all = step.path("times").asText().equals("all");
                parts.add(
                        new Part(
                                step.path("path").asText(""),
                                all ? Integer.MAX_VALUE : step.path("times").asInt(1)));
            } else if (!parts.isEmpty()) {
                parts.get(parts.size() - 1).steps.add(step);
            }
        }
        this.server =
                new SocketServer(
                        sockets,
                        port,
                        (socket, request) -> new Talk(socket, request).play(steps(request.path())));
    }

    int port() {
        return server.port();
    }

    List<Request> posts() {
        return server.requests().stream().filter(r -> r.head().startsWith("POST ")).toList();
    }

    int openConnections() {
        return server.openConnections();
    }

    boolean clientHungUp(long millis) throws InterruptedException {
        return server.clientHungUp(millis);
    }

    private synchronized List<JsonNode> steps(String path) {
        for (Part part : parts) {
            if (part.left == 0 || !path.endsWith(part.path)) continue;
            part.left--;
            return part.steps;
        }
        return List.of();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One connection. */
    private final class Talk {
        private final Socket socket;
        private final OutputStream out;
        private final Request request;
        private final int number;
        private boolean chunked;
        private boolean gone;

        Talk(Socket socket, Request request) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.request = request;
            this.number = request.number();
        }

        void play(List<JsonNode> steps) throws IOException, InterruptedException {
            for (JsonNode step : steps) {
                if (gone) return;
                one(step);
            }
        }

        private void one(JsonNode step) throws IOException, InterruptedException {
            switch (step.path("op").asText()) {
                case "reply" -> reply(step);
                case "answer" -> answer(step);
                case "head" -> head(step);
                case "write", "write_raw" -> {
                    boolean raw = step.path("op").asText().equals("write_raw");
                    byte[] bytes = bytes(step);
                    if (raw) send(bytes);
                    else body(bytes);
                }
                case "drip" -> drip(step);
                case "gzip_fill" -> gzip(step);
                case "sse" -> {
                    for (JsonNode event : step.path("events")) {
                        event(event);
                        pause(step.path("every_ms").asInt(0));
                    }
                }
                case "sse_repeat" -> {
                    for (int i = 0; i < step.path("count").asInt(); i++) {
                        event(step.path("event"));
                        pause(step.path("every_ms").asInt(0));
                    }
                }
                case "sse_split" -> split(step);
                case "delay" -> pause(step.path("ms").asInt());
                case "stall" -> stall(step.path("ms").asInt());
                case "end" -> {
                    if (chunked) send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                case "close" -> gone = true;
                case "reset" -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                    gone = true;
                }
                case "coin" -> {
                    boolean heads = coin.nextDouble() < step.path("p").asDouble();
                    for (JsonNode s : step.path(heads ? "heads" : "tails")) one(s);
                }
                case "tool_once" -> {
                    if (number == 0 && !tool().isEmpty()) toolCalls(step, 1);
                    else answer(JSON.createObjectNode().put("good", true));
                }
                case "tool_loop" -> {
                    if (tool().isEmpty()) answer(JSON.createObjectNode().put("good", true));
                    else toolCalls(step, step.path("parallel").asInt(1));
                }
                default -> throw new AssertionError("no such step: " + step);
            }
        }

        private String tool() {
            JsonNode first = request.json().path("tools").path(0);
            return first.path("function").path("name").asText("");
        }

        private void toolCalls(JsonNode step, int count) throws IOException, InterruptedException {
            var calls = JSON.createArrayNode();
            for (int i = 0; i < count; i++) {
                calls.addObject()
                        .put("id", "c" + number + "_" + i)
                        .put("name", step.path("tool").asText())
                        .put("arguments", step.path("arguments").asText());
            }
            ObjectNode answer = JSON.createObjectNode();
            answer.put("text", "").put("finish", "tool_calls").set("tool_calls", calls);
            answer(answer);
        }

        private void answer(JsonNode step) throws IOException, InterruptedException {
            String text = text(step);
            plainHead();
            if (step.has("reasoning")) {
                var delta = JSON.createObjectNode();
                delta.put("reasoning_content", step.path("reasoning").asText());
                data(chunk(delta, null).toString());
            }
            int[] points = text.codePoints().toArray();
            for (int i = 0; i < points.length; i += 8) {
                int most = Math.min(8, points.length - i);
                data(chunk(content(new String(points, i, most)), null).toString());
            }
            if (step.path("text").isNull()) {
                data(chunk(JSON.createObjectNode().putNull("content"), null).toString());
            }
            if (step.path("tool_calls").size() > 0) {
                var delta = JSON.createObjectNode();
                var list = delta.putArray("tool_calls");
                for (JsonNode call : step.path("tool_calls")) {
                    var one = list.addObject().put("index", list.size() - 1);
                    one.put("id", call.path("id").asText()).put("type", "function");
                    String name = call.path("name").asText().replace("<<tool1>>", tool());
                    one.putObject("function")
                            .put("name", name)
                            .put(
                                    "arguments",
                                    call.path("arguments").asText().replace("<<n>>", "" + number));
                }
                data(chunk(delta, null).toString());
            }
            data(chunk(JSON.createObjectNode(), step.path("finish").asText("stop")).toString());
            data("[DONE]");
            send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        private String text(JsonNode step) {
            String text;
            if (step.path("good").asBoolean()) text = good();
            else if (step.has("by_purpose")) text = step.path("by_purpose").path(purpose).asText();
            else text = step.path("text").isNull() ? "" : step.path("text").asText();
            return localise.apply(
                    step.path("prefix").asText("") + text + step.path("suffix").asText(""));
        }

        private String good() {
            JsonNode answer = good.path(purpose);
            return answer.isTextual() ? answer.asText() : answer.toString();
        }

        private void plainHead() throws IOException {
            send(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            chunked = true;
        }

        private void head(JsonNode step) throws IOException {
            var head = new StringBuilder("HTTP/1.1 " + step.path("status").asInt() + " X\r\n");
            Iterator<String> names = step.path("headers").fieldNames();
            while (names.hasNext()) {
                String name = names.next();
                head.append(name).append(": ").append(step.path("headers").path(name).asText());
                head.append("\r\n");
            }
            chunked = head.toString().toLowerCase(Locale.ROOT).contains("transfer-encoding");
            send(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        }

        private void reply(JsonNode step) throws IOException {
            String type = "application/json";
            String text = step.path("text").asText("");
            if (step.has("json")) text = step.path("json").toString();
            if (step.path("good").asBoolean()) {
                ObjectNode whole = JSON.createObjectNode();
                var choice = whole.putArray("choices").addObject().put("index", 0);
                choice.putObject("message").put("content", localise.apply(good()));
                choice.put("finish_reason", "stop");
                text = whole.toString();
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            var head = new StringBuilder("HTTP/1.1 " + step.path("status").asInt() + " X\r\n");
            boolean typed = false;
            Iterator<String> names = step.path("headers").fieldNames();
            while (names.hasNext()) {
                String name = names.next();
                typed |= name.equalsIgnoreCase("content-type");
                head.append(name).append(": ").append(step.path("headers").path(name).asText());
                head.append("\r\n");
            }
            if (!typed) head.append("Content-Type: ").append(type).append("\r\n");
            int length = body.length + step.path("content_length_plus").asInt(0);
            head.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
            send(head.toString().getBytes(StandardCharsets.UTF_8));
            send(body);
        }

        private void event(JsonNode event) throws IOException {
            if (event.isTextual()) data("[DONE]");
            else if (event.has("raw")) body(localise.apply(event.path("raw").asText()));
            else if (event.has("data")) data(localise.apply(event.path("data").asText()));
            else if (event.has("json")) data(localise.apply(event.path("json").toString()));
            else if (event.has("finish")) {
                data(chunk(JSON.createObjectNode(), event.path("finish").asText()).toString());
            } else {
                data(chunk(content(said(event)), null).toString());
            }
        }

        private String said(JsonNode event) {
            if (event.has("content_fill")) {
                return event.path("content_fill").asText().repeat(event.path("count").asInt());
            }
            String text = event.path("content").asText();
            if (!text.contains("<<word>>")) return localise.apply(text);
            String[] all = localise.apply(good.path("long").asText()).split(" ");
            return text.replace("<<word>>", all[words.getAndIncrement() % all.length]);
        }

        private void split(JsonNode step) throws IOException, InterruptedException {
            byte[] whole =
                    ("data: " + chunk(content(said(step.path("event"))), null) + "\n\n")
                            .getBytes(StandardCharsets.UTF_8);
            byte[] inside = step.path("inside").asText().getBytes(StandardCharsets.UTF_8);
            int at = 0;
            while (!startsAt(whole, inside, at)) at++;
            int cut = at + step.path("after_byte").asInt();
            body(java.util.Arrays.copyOf(whole, cut));
            pause(step.path("pause_ms").asInt());
            body(java.util.Arrays.copyOfRange(whole, cut, whole.length));
        }

        private static boolean startsAt(byte[] whole, byte[] part, int at) {
            return java.util.Arrays.equals(whole, at, at + part.length, part, 0, part.length);
        }

        private void drip(JsonNode step) throws IOException, InterruptedException {
            String body = good();
            int bytes = step.path("pad_to_bytes").asInt();
            for (int i = 0; i < bytes; i++) {
                send(new byte[] {(byte) (i < body.length() ? body.charAt(i) : ' ')});
                pause(step.path("every_ms").asInt());
            }
        }

        private void gzip(JsonNode step) throws IOException {
            byte[] block = new byte[1 << 16];
            java.util.Arrays.fill(block, (byte) step.path("byte").asText().charAt(0));
            OutputStream chunks =
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            body(new byte[] {(byte) b});
                        }

                        @Override
                        public void write(byte[] b, int from, int n) throws IOException {
                            body(java.util.Arrays.copyOfRange(b, from, from + n));
                        }
                    };
            var zip = new GZIPOutputStream(chunks);
            for (long i = 0; i < step.path("count").asLong(); i += block.length) zip.write(block);
            zip.finish();
        }

        private void stall(int millis) throws IOException {
            socket.setSoTimeout((int) Math.max(1, millis * factor));
            try {
                if (socket.getInputStream().read() < 0) server.hungUp();
            } catch (java.net.SocketTimeoutException e) {
                return;
            }
            gone = true;
        }

        private void pause(int millis) throws InterruptedException {
            if (millis > 0) TimeUnit.MICROSECONDS.sleep((long) (millis * 1000 * factor));
        }

        private static byte[] bytes(JsonNode step) {
            if (step.has("hex")) {
                return java.util.HexFormat.of().parseHex(step.path("hex").asText());
            }
            return step.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }

        private void data(String text) throws IOException {
            body("data: " + text + "\n\n");
        }

        private void body(String text) throws IOException {
            body(text.getBytes(StandardCharsets.UTF_8));
        }

        private void body(byte[] bytes) throws IOException {
            if (bytes.length == 0) return;
            if (!chunked) {
                send(bytes);
                return;
            }
            byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes();
            byte[] all = new byte[size.length + bytes.length + 2];
            System.arraycopy(size, 0, all, 0, size.length);
            System.arraycopy(bytes, 0, all, size.length, bytes.length);
            all[all.length - 2] = '\r';
            all[all.length - 1] = '\n';
            send(all);
        }

        private void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        private ObjectNode content(String text) {
            return JSON.createObjectNode().put("content", text);
        }

        private ObjectNode chunk(ObjectNode delta, String finish) {
            ObjectNode event = JSON.createObjectNode();
            ObjectNode choice = event.putArray("choices").addObject();
            choice.put("index", 0).set("delta", delta);
            choice.put("finish_reason", finish);
            return event;
        }
    }
}
