package dev.porthole.verify.internal.agent;

/** The agent gave no answer that can be used. */
public final class AgentTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    AgentTroubleException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What was wrong. */
    public String words() {
        return String.valueOf(getMessage());
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
