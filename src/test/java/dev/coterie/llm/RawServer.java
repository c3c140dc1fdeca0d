package dev.coterie.llm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/**
 * A socket that answers as it is told, byte by byte: what no ordinary fake server does. The n-th
 * request gets the n-th script; the last one serves all further requests.
 */
public final class RawServer implements AutoCloseable {
    private final SocketServer server;

    /** Plays one answer. */
    public interface Script {
        void play(Talk talk) throws IOException, InterruptedException;
    }

    /** One connection. */
    public final class Talk {
        private final Socket socket;
        private final String request;
        private final OutputStream out;

        Talk(Socket socket, String request) throws IOException {
            this.socket = socket;
            this.request = request;
            this.out = socket.getOutputStream();
        }

        /** Head and body of what is to be answered. */
        public String request() {
            return request;
        }

        public void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** A head without a length: the body ends with the connection. */
        public void head(int status, String type, String... more) throws IOException {
            var head = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Type: " + type);
            for (String line : more) head.append("\r\n").append(line);
            raw(head.append("\r\nConnection: close\r\n\r\n").toString());
        }

        public void content(String text) throws IOException {
            raw("data: " + chunk(text) + "\n\n");
        }

        public void finish(String reason) throws IOException {
            raw(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                            + reason
                            + "\"}]}\n\ndata: [DONE]\n\n");
        }

        /** Keeps the socket open until the client hangs up or the time is over. */
        public void stall(long millis) throws IOException {
            socket.setSoTimeout((int) millis);
            try {
                if (socket.getInputStream().read() < 0) server.hungUp();
            } catch (java.net.SocketTimeoutException e) {
                // The client stayed.
            } catch (IOException e) {
                server.hungUp();
            }
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        public void pause(long millis) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    }

    public RawServer(Script... scripts) throws IOException {
        List<Script> all = List.of(scripts);
        this.server =
                new SocketServer(
                        ServerSocketFactory.getDefault(),
                        0,
                        (socket, request) ->
                                all.get(Math.min(request.number(), all.size() - 1))
                                        .play(new Talk(socket, request.head() + request.body())));
    }

    public static Script good(String text) {
        return talk -> {
            talk.head(200, "text/event-stream");
            for (int i = 0; i < text.length(); i += 8) {
                talk.content(text.substring(i, Math.min(text.length(), i + 8)));
            }
            talk.finish("stop");
        };
    }

    public static String chunk(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + "\"},\"finish_reason\":null}]}";
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /** Heads and bodies of all requests so far. */
    public List<String> requests() {
        return server.requests().stream().map(r -> r.head() + r.body()).toList();
    }

    public boolean clientHungUp(long millis) throws InterruptedException {
        return server.clientHungUp(millis);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
