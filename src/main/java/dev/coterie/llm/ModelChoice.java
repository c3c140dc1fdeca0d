package dev.coterie.llm;

/**
 * Which language model is asked.
 *
 * @param address one of those that the configuration allows, as it stands there
 * @param model name that the address knows it by
 */
public record ModelChoice(String address, String model) {}
