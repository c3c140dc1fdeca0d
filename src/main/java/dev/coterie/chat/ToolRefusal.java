package dev.coterie.chat;

/** A tool cannot do what it was asked; the text is for the model and holds nothing of the data. */
final class ToolRefusal extends RuntimeException {
    ToolRefusal(String detail) {
        super(detail);
    }
}
