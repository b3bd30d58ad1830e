package dev.porthole.verify.internal.agent;

/** A request that is not as the API wants it. The message says what is wrong and repeats nothing secret. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }
}
