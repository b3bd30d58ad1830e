package dev.porthole.verify.internal.agent;

/** Any bytes as what a caller asks of an agent, and as what an agent answers. */
public final class AgentJsonFuzz {
    private AgentJsonFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        AgentReplyParser.parse(bytes);
        try {
            ProbeRequestParser.parse(bytes);
        } catch (BadRequestException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }
}
