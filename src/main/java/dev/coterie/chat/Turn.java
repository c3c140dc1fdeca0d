package dev.coterie.chat;

/** A question and its answer, earlier in the same conversation. */
public record Turn(Question question, Answer answer) {}
