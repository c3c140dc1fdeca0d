package dev.coterie.embed;

import java.util.List;

/**
 * What is known of an encoder, read from {@code models/NAME/model.yaml}.
 *
 * @param name folder name, such as {@code bge-small-en-v1.5-q}
 * @param aliases names that mean the same, such as {@code text-default}
 * @param dimensions length of a vector
 * @param maxTokens window, special tokens included; longer texts are cut
 * @param pooling {@code cls} or {@code mean}
 * @param queryPrefix put before a search query, may be empty
 * @param language {@code en} or {@code zh}
 * @param licence SPDX id of the weights
 * @param modelSha256 checksum of {@code model.onnx}, verified before use; also part of every cache
 *     key
 * @param tokenizerSha256 checksum of {@code tokenizer.json}
 */
public record EncoderCard(
        String name,
        List<String> aliases,
        int dimensions,
        int maxTokens,
        String pooling,
        String queryPrefix,
        String language,
        String licence,
        String modelSha256,
        String tokenizerSha256) {
    public EncoderCard {
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        queryPrefix = queryPrefix == null ? "" : queryPrefix;
    }
}
