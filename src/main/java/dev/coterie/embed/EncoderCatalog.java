package dev.coterie.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.coterie.error.MissingModelException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The encoders at hand: those of an extra folder and the three that come with the program. Each is
 * opened once, after its checksums were verified, and shared by all callers. Thread-safe.
 */
public final class EncoderCatalog implements AutoCloseable {
    /** English texts, and texts of every language that has no encoder of its own. */
    public static final String DEFAULT_ENGLISH = "bge-small-en-v1.5-q";

    public static final String DEFAULT_CHINESE = "bge-small-zh-v1.5-q";

    /** English texts in half the time, less exactly. */
    public static final String FAST_ENGLISH = "all-minilm-l6-v2-q";

    private static final List<String> BUILT_IN =
            List.of(DEFAULT_ENGLISH, DEFAULT_CHINESE, FAST_ENGLISH);
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory())
                    .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);

    private final Optional<Path> extraFolder;
    private final List<EncoderCard> cards;
    private final Map<String, SentenceEncoder> open = new ConcurrentHashMap<>();

    /**
     * @param extraFolder folder with one sub-folder an encoder, looked at before the built-in ones
     */
    public EncoderCatalog(Optional<Path> extraFolder) {
        this.extraFolder = extraFolder;
        this.cards = names(extraFolder).stream().map(this::readCard).toList();
    }

    public List<EncoderCard> cards() {
        return cards;
    }

    /**
     * @param nameOrAlias such as {@code bge-small-en-v1.5-q} or {@code text-default}
     * @throws NotFoundException naming the encoders there are
     */
    public EncoderCard card(String nameOrAlias) {
        for (EncoderCard card : cards) {
            if (card.name().equals(nameOrAlias) || card.aliases().contains(nameOrAlias))
                return card;
        }
        throw new NotFoundException(
                Message.of(
                        "embed.unknown_encoder",
                        "name",
                        nameOrAlias,
                        "known",
                        String.join(", ", cards.stream().map(EncoderCard::name).toList())));
    }

    /** The encoder's card for texts of a language, {@code en} or {@code zh}. */
    public EncoderCard forLanguage(String language) {
        return card(language.equals("zh") ? DEFAULT_CHINESE : DEFAULT_ENGLISH);
    }

    /**
     * The encoder, loaded on the first call.
     *
     * @throws MissingModelException if a file is missing or its checksum is not the card's
     */
    public SentenceEncoder open(String nameOrAlias) {
        EncoderCard card = card(nameOrAlias);
        return open.computeIfAbsent(
                card.name(),
                name ->
                        OnnxEncoder.load(
                                card,
                                verified(name, "model.onnx", card.modelSha256()),
                                verified(name, "tokenizer.json", card.tokenizerSha256())));
    }

    /**
     * The encoder, loaded once a text has to be read: where all vectors are cached, never.
     *
     * @throws NotFoundException naming the encoders there are
     */
    public SentenceEncoder onDemand(String nameOrAlias) {
        EncoderCard card = card(nameOrAlias);
        return new SentenceEncoder() {
            @Override
            public EncoderCard card() {
                return card;
            }

            @Override
            public Encoded encode(String text) {
                return open(card.name()).encode(text);
            }

            @Override
            public Encoded encodeNow(String text) {
                return open(card.name()).encodeNow(text);
            }

            /** The catalog closes what it opened. */
            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        open.values().forEach(SentenceEncoder::close);
        open.clear();
    }

    private static List<String> names(Optional<Path> extraFolder) {
        var names = new ArrayList<>(BUILT_IN);
        if (extraFolder.isPresent()) {
            try (var folders = Files.list(extraFolder.get())) {
                folders.filter(f -> Files.isRegularFile(f.resolve("model.yaml")))
                        .map(f -> f.getFileName().toString())
                        .filter(name -> !names.contains(name))
                        .sorted()
                        .forEach(names::add);
            } catch (IOException e) {
                throw missing(extraFolder.get().toString(), e);
            }
        }
        return names;
    }

    private EncoderCard readCard(String name) {
        try {
            return YAML.readValue(bytes(name, "model.yaml"), EncoderCard.class);
        } catch (IOException e) {
            throw missing("models/" + name + "/model.yaml", e);
        }
    }

    private byte[] verified(String name, String file, String sha256) {
        byte[] bytes = bytes(name, file);
        String found = DigestUtils.sha256Hex(bytes);
        if (!found.equals(sha256)) {
            throw new MissingModelException(
                    Message.of("embed.wrong_checksum", "file", "models/" + name + "/" + file));
        }
        return bytes;
    }

    private byte[] bytes(String name, String file) {
        try {
            if (extraFolder.isPresent()) {
                Path path = extraFolder.get().resolve(name).resolve(file);
                if (Files.isRegularFile(path)) return Files.readAllBytes(path);
            }
            try (InputStream in =
                    EncoderCatalog.class.getResourceAsStream("/models/" + name + "/" + file)) {
                if (in == null) throw missing("models/" + name + "/" + file, null);
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw missing("models/" + name + "/" + file, e);
        }
    }

    private static MissingModelException missing(String file, Throwable cause) {
        return new MissingModelException(Message.of("embed.missing_file", "file", file), cause);
    }
}
