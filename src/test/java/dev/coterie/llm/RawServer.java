package dev.coterie.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A socket that answers as it is told, byte by byte: what no ordinary fake server does. The n-th
 * request gets the n-th script; the last one serves all further requests.
 */
public final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Script> scripts;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);

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
                if (socket.getInputStream().read() < 0) hungUp.countDown();
            } catch (java.net.SocketTimeoutException e) {
                // The client stayed.
            } catch (IOException e) {
                hungUp.countDown();
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
        this.scripts = List.of(scripts);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
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
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** Heads and bodies of all requests so far. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    public boolean clientHungUp(long millis) throws InterruptedException {
        return hungUp.await(millis, TimeUnit.MILLISECONDS);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                var thread = new Thread(() -> answer(socket), "raw-talk");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            String request = read(socket.getInputStream());
            if (request.isEmpty()) return;
            int number;
            synchronized (requests) {
                number = requests.size();
                requests.add(request);
            }
            scripts.get(Math.min(number, scripts.size() - 1)).play(new Talk(socket, request));
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) return "";
            head.append((char) b);
        }
        int length = 0;
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }
}
