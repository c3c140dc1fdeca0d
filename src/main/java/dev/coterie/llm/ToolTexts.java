package dev.coterie.llm;

import dev.coterie.language.Language;
import java.util.Properties;
import java.util.Set;

/**
 * What a model is told of the chat's tools in one language: the file {@code
 * prompts/chat-tools.LANGUAGE.properties}. The names of tools and arguments are the same in every
 * language.
 */
public final class ToolTexts {
    /** The task whose tools these are. */
    static final String TASK = "chat";

    private final Properties texts;
    private final String file;

    public ToolTexts(Language language) {
        this.file = file(language);
        this.texts = TaskPrompt.sentences(file);
    }

    static String file(Language language) {
        return TASK + "-tools." + language.tag() + ".properties";
    }

    /**
     * @throws IllegalArgumentException if the file says nothing of the tool
     */
    public String tool(String name) {
        String text = texts.getProperty(name);
        if (text == null) throw new IllegalArgumentException(name + " is not in " + file);
        return text;
    }

    /**
     * What an argument is.
     *
     * @return null where its name and choices say it all, as the library takes it
     */
    public String argument(String tool, String name) {
        return texts.getProperty(tool + "." + name, texts.getProperty(name));
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }
}
