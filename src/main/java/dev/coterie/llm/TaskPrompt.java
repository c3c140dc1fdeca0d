package dev.coterie.llm;

import dev.coterie.language.Language;
import dev.langchain4j.model.input.PromptTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a model is told for one task in one language, word for word: the file {@code
 * prompts/TASK.LANGUAGE.md}, and beside it the sentences of {@link AskAgain}; the chat has those of
 * {@link ToolTexts} too. Immutable.
 */
public final class TaskPrompt {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int VERSION_DIGITS = 12;

    private final String name;
    private final String template;
    private final String version;
    private final AskAgain again;

    /**
     * @param task {@code name-segments}, {@code write-brief} or {@code chat}
     * @throws IllegalArgumentException if there is no such prompt
     */
    public TaskPrompt(String task, Language language) {
        this.name = task + "." + language.tag();
        byte[] told = bytes(name + ".md");
        String sentences = AskAgain.file(task, language);
        byte[] tools = task.equals(ToolTexts.TASK) ? bytes(ToolTexts.file(language)) : new byte[0];
        this.template = new String(told, StandardCharsets.UTF_8);
        this.version = name + "@" + digest(told, bytes(sentences), tools);
        this.again = new AskAgain(task, language);
    }

    /** The prompt with its places open. */
    public String template() {
        return template;
    }

    /** The names of its open places. */
    public Set<String> variables() {
        var names = new TreeSet<String>();
        VARIABLE.matcher(template).results().forEach(m -> names.add(m.group(1)));
        return names;
    }

    /**
     * @param values for each variable of the prompt, and for no other
     * @throws IllegalArgumentException if one is missing or has no place
     */
    public String fill(Map<String, String> values) {
        if (!values.keySet().equals(variables())) {
            throw new IllegalArgumentException(
                    name
                            + " has "
                            + variables()
                            + ", given were "
                            + new TreeSet<>(values.keySet()));
        }
        return PromptTemplate.from(template).apply(Map.copyOf(values)).text();
    }

    /** The sentences that tell the model what was wrong with its last reply. */
    public AskAgain again() {
        return again;
    }

    /**
     * What stands beside a text that a model wrote under this prompt, such as {@code
     * chat.en@3f2a9c81b7d0}: its name and the first {@value #VERSION_DIGITS} hexadecimal digits of
     * the SHA-256 of its files. Another word in one of them is another version.
     */
    public String version() {
        return version;
    }

    static String digest(byte[]... files) {
        var digest = DigestUtils.getSha256Digest();
        for (byte[] file : files) digest.update(file);
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    static Properties sentences(String file) {
        var sentences = new Properties();
        try {
            sentences.load(new StringReader(new String(bytes(file), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentences;
    }

    static byte[] bytes(String file) {
        try (InputStream in = TaskPrompt.class.getResourceAsStream("/prompts/" + file)) {
            if (in == null) throw new IllegalArgumentException("no prompt " + file);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
