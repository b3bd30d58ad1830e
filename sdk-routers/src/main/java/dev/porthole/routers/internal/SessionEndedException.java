package dev.porthole.routers.internal;

/** A router no longer knows our session: it expired, or somebody else logged in. Nothing of the request was done. */
public final class SessionEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeForbidden;

    /** A new exception. */
    public SessionEndedException() {
        this(false);
    }

    /**
     * A new exception.
     *
     * @param mayBeForbidden whether the answer may as well say that this user is not allowed to do it (HTTP 403)
     */
    public SessionEndedException(boolean mayBeForbidden) {
        super("the router no longer knows our session");
        this.mayBeForbidden = mayBeForbidden;
    }

    /**
     * Whether the answer may as well say that this user is not allowed to do it.
     *
     * @return true after HTTP 403
     */
    public boolean mayBeForbidden() {
        return mayBeForbidden;
    }
}
