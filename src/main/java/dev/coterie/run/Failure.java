package dev.coterie.run;

import dev.coterie.language.Message;

/** Why a run or a job failed: a stable word and a sentence with the way out. */
public record Failure(String code, Message message) {}
