package dev.coterie.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;

/** The ways a network fails before there is a server. */
final class BadNetwork implements AutoCloseable {
    private final String mode;
    private final String host;
    private final List<Closeable> held = new ArrayList<>();
    private int port;
    private ServerSocketFactory sockets = ServerSocketFactory.getDefault();

    BadNetwork(FaultScenario scenario, List<JsonNode> how) throws Exception {
        Optional<JsonNode> step = scenario.step(how, "network");
        mode = step.map(s -> s.path("mode").asText()).orElse("");
        host = step.map(s -> s.path("host").asText("127.0.0.1")).orElse("127.0.0.1");
        if (mode.equals("refuse")) {
            try (var free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
        }
        if (mode.equals("blackhole")) {
            var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(full);
            port = full.getLocalPort();
            for (int i = 0; i < 4; i++) {
                var socket = new Socket();
                held.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 50);
                } catch (IOException e) {
                    break; // the backlog is full
                }
            }
        }
        if (mode.equals("tls")) {
            String certificate = step.orElseThrow().path("certificate").asText();
            sockets = BadCertificates.sockets(certificate);
        }
    }

    ServerSocketFactory sockets() {
        return sockets;
    }

    String baseUrl(int playerPort) {
        return switch (mode) {
            case "dns_fail" -> "http://" + host + ":" + playerPort + "/v1";
            case "refuse", "blackhole" -> "http://127.0.0.1:" + port + "/v1";
            case "tls" -> "https://127.0.0.1:" + playerPort + "/v1";
            default -> "http://127.0.0.1:" + playerPort + "/v1";
        };
    }

    FaultPlayer restored(
            FaultScenario scenario, List<JsonNode> how, double factor, ModelWorld world)
            throws IOException {
        boolean naming = scenario.purpose().equals("naming");
        return new FaultPlayer(
                ServerSocketFactory.getDefault(),
                port,
                how,
                scenario.purpose(),
                FaultScenario.FILE.path("good_answers"),
                factor,
                text -> world.localised(text, naming));
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : held) each.close();
    }
}
