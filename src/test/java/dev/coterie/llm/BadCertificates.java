package dev.coterie.llm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS listeners that no client should trust. */
final class BadCertificates {
    private static final String PASSWORD = "changeit";

    private BadCertificates() {}

    /**
     * @param kind {@code expired}, {@code wrong_host} or {@code self_signed}
     */
    static ServerSocketFactory sockets(String kind) throws Exception {
        Path folder = Files.createTempDirectory("certificate");
        Path store = folder.resolve("store.p12");
        String host = kind.equals("wrong_host") ? "other.example.invalid" : "127.0.0.1";
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "llm",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + host,
                                "-validity",
                                "5",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString()));
        if (kind.equals("expired")) command.addAll(List.of("-startdate", "-10d"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) throw new IllegalStateException("keytool failed");
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.delete(store);
        Files.delete(folder);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
