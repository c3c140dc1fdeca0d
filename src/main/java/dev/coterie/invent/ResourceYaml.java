package dev.coterie.invent;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the descriptions of invented data from the class path. */
public final class ResourceYaml {
    private ResourceYaml() {}

    /**
     * @param path on the class path, from its root
     * @param type record whose components the file names in kebab case; an unknown name fails
     */
    public static <T> T read(String path, Class<T> type) {
        var mapper =
                YAMLMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
        try (var in = ResourceYaml.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalStateException("no resource " + path);
            return mapper.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
