package dev.porthole.ledger;

/** Any bytes as a ledger's file: it is read, or said to be damaged. */
public final class LedgerFuzz {
    private LedgerFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            LedgerFormat.read(bytes);
        } catch (LedgerFormat.Damaged e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }
}
