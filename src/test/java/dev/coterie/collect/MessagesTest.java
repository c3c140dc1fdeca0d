package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both languages say the same things with the same arguments. */
class MessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"collect", "prepare"})
    void bundlesHaveTheSameKeysAndArguments(String bundle) throws IOException {
        assertEquals(arguments(bundle, "en"), arguments(bundle, "zh-CN"));
    }

    private static TreeMap<String, Set<String>> arguments(String bundle, String tag)
            throws IOException {
        var properties = new Properties();
        try (var in =
                MessagesTest.class.getResourceAsStream(
                        "/messages/" + bundle + "." + tag + ".properties")) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var all = new TreeMap<String, Set<String>>();
        for (String key : properties.stringPropertyNames()) {
            all.put(
                    key,
                    new TreeSet<>(
                            new MessageFormat(properties.getProperty(key)).getArgumentNames()));
        }
        return all;
    }
}
