package dev.coterie.error;

import dev.coterie.language.Message;

/** Base of every error raised on purpose: what went wrong, where, and what the reader can do. */
public abstract sealed class CoterieException extends RuntimeException
        permits InvalidInputException,
                LimitException,
                NotFoundException,
                ConflictException,
                RefusedException,
                InvalidConfigException,
                MissingModelException,
                StorageException,
                CancelledException,
                LlmException {
    private final transient Message message;

    protected CoterieException(Message message, Throwable cause) {
        super(message.toString(), cause);
        this.message = message;
    }

    /** The sentence in every language. */
    public Message message() {
        return message;
    }

    /**
     * A stable word for programs: the message's key without its bundle, such as {@code
     * too_few_customers}.
     */
    public String code() {
        return message.key().substring(message.key().indexOf('.') + 1);
    }
}
