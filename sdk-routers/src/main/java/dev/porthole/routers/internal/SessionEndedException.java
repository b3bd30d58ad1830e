package dev.porthole.routers.internal;

/** A router no longer knows our session: it expired, or somebody else logged in. Nothing of the request was done. */
public final class SessionEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A new exception. */
    public SessionEndedException() {
        super("the router no longer knows our session");
    }
}
