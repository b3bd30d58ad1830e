package dev.porthole.routers.internal.profile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The variables that are known at some place of a profile. */
final class Scope {
    /** What only the login may use: whatever is made of the password is as good as the password. */
    static final Set<String> SECRETS = Set.of("password", "user");

    private final Set<String> names;
    private final boolean login;

    private Scope(Set<String> names, boolean login) {
        this.names = names;
        this.login = login;
    }

    /** Where nothing is known but the router's place. */
    static Scope start() {
        return new Scope(new LinkedHashSet<>(List.of("base", "host")), false);
    }

    /** A place where the account may be used. */
    Scope inLogin() {
        Set<String> more = new LinkedHashSet<>(names);
        more.addAll(SECRETS);
        return new Scope(more, true);
    }

    /** A copy, to which names are added without changing this one. */
    Scope copy() {
        return new Scope(new LinkedHashSet<>(names), login);
    }

    Scope with(Set<String> more) {
        Scope copy = copy();
        copy.names.addAll(more);
        return copy;
    }

    void add(String name) {
        names.add(name);
    }

    Set<String> names() {
        return names;
    }

    boolean knows(String name) {
        return names.contains(name);
    }

    /** Whether a name is one of the account's, and this is no place for it. */
    boolean forbids(String name) {
        return !login && SECRETS.contains(name);
    }
}
