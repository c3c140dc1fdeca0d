package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What may and may not be in the repository and in the jar. */
class RepositoryTest {
    private static final long LARGEST_FILE = 600_000;

    /** Files that git tracks; the test is reported as not run in a copy without git. */
    private static List<Path> tracked() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of(".git")), "not a git work tree");
        var git = new ProcessBuilder("git", "ls-files", "-z");
        var process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, "git cannot list the files");
        return Arrays.stream(names.split("\0"))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }

    @Test
    void noTrackedFileIsLarge() throws Exception {
        for (Path file : tracked()) {
            long size = Files.size(file);
            assertTrue(size <= LARGEST_FILE, file + " has " + size + " bytes");
        }
    }

    @Test
    void noWeightsOrDatabasesAreTracked() throws Exception {
        for (Path file : tracked()) {
            assertFalse(
                    file.toString().matches(".*\\.(onnx|db|sqlite|jar|class|npy|parquet)"),
                    file.toString());
        }
    }

    @Test
    void noTrackedFileNamesAPlaceOnThisMachine() throws Exception {
        var places = new ArrayList<String>();
        Path here = Path.of("").toAbsolutePath();
        if (here.getParent() != null && here.getParent().getNameCount() > 0) {
            places.add(here.getParent() + "/");
        }
        places.add(System.getProperty("user.home") + "/");
        places.add("/Us" + "ers/");
        places.add("C:\\Us" + "ers");
        for (Path file : tracked()) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String place : places) {
                assertFalse(text.contains(place), file + " names a folder of one machine");
            }
        }
    }

    @Test
    void noTrackedFileHasAnUnfinishedSpot() throws Exception {
        var unfinished = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled");
        for (Path file : tracked()) {
            if (!file.toString().matches("(src|web|prompts)/.*\\.(java|js|css|html|md)")) continue;
            String text = Files.readString(file);
            assertFalse(unfinished.matcher(text).find(), file + " has an unfinished spot");
        }
    }

    @Test
    void everyEncoderHasTheChecksumsOfItsManifest() throws Exception {
        var yaml = new YAMLMapper();
        List<Path> manifests;
        try (Stream<Path> folders = Files.list(Path.of("models"))) {
            manifests = folders.map(f -> f.resolve("model.yaml")).filter(Files::exists).toList();
        }
        assertEquals(3, manifests.size());
        for (Path manifest : manifests) {
            JsonNode card = yaml.readTree(manifest.toFile());
            Path folder = manifest.getParent();
            assertEquals(folder.getFileName().toString(), card.path("name").asText());
            assertEquals(card.path("model-sha256").asText(), sha256(folder.resolve("model.onnx")));
            assertEquals(
                    card.path("tokenizer-sha256").asText(),
                    sha256(folder.resolve("tokenizer.json")));
            assertTrue(List.of("MIT", "Apache-2.0").contains(card.path("licence").asText()));
        }
    }

    private static String sha256(Path file) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    /** A dependency under several licences may be used under any one of them. */
    @Test
    void everyDependencyCanBeUsedWithoutTheGpl() throws Exception {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        int read = 0;
        var refused = new ArrayList<String>();
        for (String jar : classPath.split(File.pathSeparator)) {
            Path pom = Path.of(jar.replaceFirst("(-[a-z][a-z0-9_-]*)?\\.jar$", ".pom"));
            if (!Files.isRegularFile(pom)) pom = Path.of(jar.replaceFirst("\\.jar$", ".pom"));
            if (!jar.endsWith(".jar") || !Files.isRegularFile(pom)) continue;
            var licences = licences(pom, 0);
            if (licences.isEmpty()) continue;
            read++;
            if (licences.stream().allMatch(RepositoryTest::gpl)) refused.add(jar + licences);
        }
        assertTrue(read > 40, "licences read of only " + read + " dependencies");
        assertTrue(refused.isEmpty(), "not for this product: " + refused);
    }

    private static boolean gpl(String licence) {
        String words = licence.toLowerCase(java.util.Locale.ROOT);
        boolean lesser = words.contains("lesser") || words.contains("lgpl");
        boolean exception = words.contains("classpath") || words.contains("cpe");
        boolean general = words.contains("gpl") || words.contains("general public");
        return words.contains("affero") || (general && !lesser && !exception);
    }

    /** The licences a pom states, or else its parent's. */
    private static List<String> licences(Path pom, int depth) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element project = factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        var licences = new ArrayList<String>();
        for (Element list : children(project, "licenses")) {
            for (Element licence : children(list, "license")) {
                licences.add(text(licence, "name") + " " + text(licence, "url"));
            }
        }
        if (!licences.isEmpty() || depth > 8) return licences;
        var parent = children(project, "parent").stream().findFirst();
        if (parent.isEmpty()) return List.of();
        Optional<Path> file = parentFile(pom, project, parent.get());
        return file.isPresent() ? licences(file.get(), depth + 1) : List.of();
    }

    /** Where the repository that holds a pom holds its parent. */
    private static Optional<Path> parentFile(Path pom, Element project, Element parent) {
        String group = text(project, "groupId");
        if (group.isEmpty()) group = text(parent, "groupId");
        Path repository = pom;
        int up = group.split("\\.").length + 3;
        for (int i = 0; i < up && repository != null; i++) repository = repository.getParent();
        if (repository == null) return Optional.empty();
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        Path file =
                repository.resolve(
                        text(parent, "groupId").replace('.', '/')
                                + "/%s/%s/%s-%s.pom"
                                        .formatted(artifact, version, artifact, version));
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private static List<Element> children(Element parent, String name) {
        var children = new ArrayList<Element>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && e.getTagName().equals(name)) children.add(e);
        }
        return children;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(e -> e.getTextContent().strip())
                .orElse("");
    }
}
