package dev.coterie.llm;

import dev.coterie.language.Language;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The sentences that tell a model what was wrong with its last reply, of one task in one language:
 * the file {@code prompts/TASK-again.LANGUAGE.properties}.
 */
public final class AskAgain {
    private final String file;
    private final Properties sentences;

    /**
     * @param task the name of the task's prompt file, without its ending
     */
    AskAgain(String task, Language language) {
        this.file = file(task, language);
        this.sentences = TaskPrompt.sentences(file);
    }

    /** The file of a task's sentences. */
    static String file(String task, Language language) {
        return task + "-again." + language.tag() + ".properties";
    }

    /** The keys of all sentences. */
    public Set<String> keys() {
        return sentences.stringPropertyNames();
    }

    /**
     * @throws IllegalArgumentException if the file has no such sentence
     */
    public String say(String key) {
        return say(key, Map.of());
    }

    /**
     * @param values in the place of {@code [name]}
     */
    public String say(String key, Map<String, String> values) {
        String sentence = sentences.getProperty(key);
        if (sentence == null) throw new IllegalArgumentException(key + " is not in " + file);
        for (var value : values.entrySet()) {
            sentence = sentence.replace("[" + value.getKey() + "]", value.getValue());
        }
        return sentence;
    }
}
