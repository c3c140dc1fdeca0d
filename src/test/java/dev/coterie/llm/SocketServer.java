package dev.coterie.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Listens on loopback and reads one whole request of each connection. What answers it writes to the
 * socket byte by byte, which no ordinary fake server does.
 */
final class SocketServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final Answerer answerer;
    private final List<Request> requests = new ArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    /** Answers one request; an exception means that the client hung up. */
    interface Answerer {
        void answer(Socket socket, Request request) throws IOException, InterruptedException;
    }

    /**
     * A request and when it came.
     *
     * @param number from 0
     */
    record Request(int number, String path, String head, String body, long nanos) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Prompts of the request as one text. */
        String prompt() {
            var text = new StringBuilder();
            for (JsonNode m : json().path("messages")) text.append(m.path("content").asText());
            return text.toString();
        }
    }

    /**
     * @param port 0 for any
     */
    SocketServer(ServerSocketFactory sockets, int port, Answerer answerer) throws IOException {
        this.answerer = answerer;
        this.server = sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(this::serve, "socket-server");
    }

    private static void start(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    int openConnections() {
        return open.get();
    }

    /** Notes that a client hung up, where an answerer sees it without an exception. */
    void hungUp() {
        hungUp.countDown();
    }

    boolean clientHungUp(long millis) throws InterruptedException {
        return hungUp.await(millis, TimeUnit.MILLISECONDS);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                open.incrementAndGet();
                start(() -> talk(socket), "socket-talk");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            if (request != null) answerer.answer(socket, request);
        } catch (IOException e) {
            hungUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private Request read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) return null;
            head.append((char) b);
        }
        int length = 0;
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] first = head.toString().split("\r\n")[0].split(" ");
        String path = first.length > 1 ? first[1] : "";
        synchronized (requests) {
            var request =
                    new Request(requests.size(), path, head.toString(), body, System.nanoTime());
            requests.add(request);
            return request;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }
}
