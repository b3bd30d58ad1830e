package dev.porthole.routers.internal.profile;

import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a person what a profile will do. */
public final class ProfileSummary {
    private ProfileSummary() {}

    /**
     * Tells it.
     *
     * @param profile the profile
     * @return lines of text
     */
    public static List<String> of(Profile profile) {
        List<String> lines = new ArrayList<>();
        lines.add("recognised by "
                + profile.match().stream().map(ProfileSummary::told).collect(Collectors.joining(", or by ")));
        profile.ports().forEach((scheme, port) -> lines.add("is spoken to by " + scheme + " at port " + port));
        lines.add("logs in " + login(profile.auth()));
        lines.add("lists by " + requests(profile.list().requests())
                + (profile.list().paging().isPresent() ? ", in parts" : ""));
        lines.addAll(writing(profile));
        lines.add(
                profile.session().logout().isEmpty()
                        ? "has nothing to log out"
                        : "logs out by " + requests(profile.session().logout()));
        lines.add("maps " + limits(profile));
        lines.add(name(profile));
        return lines;
    }

    private static String told(Fingerprint fingerprint) {
        List<String> signs = new ArrayList<>();
        if (!fingerprint.statuses().isEmpty()) {
            signs.add("status "
                    + fingerprint.statuses().stream()
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" or ")));
        }
        fingerprint.headers().forEach(field -> signs.add("header " + field.name() + " with '" + field.value() + "'"));
        fingerprint.words().forEach(word -> signs.add("'" + word + "'"));
        return fingerprint.request() + " bringing " + String.join(" and ", signs);
    }

    private static String login(Auth auth) {
        return switch (auth.type()) {
            case NONE -> "nowhere";
            case BASIC -> "by HTTP Basic" + further(auth);
            case DIGEST -> "by HTTP Digest" + further(auth);
            case STEPS -> "by " + requests(auth.steps());
            case CHALLENGE -> "by the plug-in " + auth.plugin();
        };
    }

    private static String further(Auth auth) {
        return auth.steps().isEmpty() ? "" : " and " + requests(auth.steps());
    }

    private static List<String> writing(Profile profile) {
        Profile.Writing writing = profile.write();
        List<String> lines = new ArrayList<>();
        if (writing.replace().isEmpty()) {
            lines.add("adds a rule by " + requests(writing.add()));
        } else {
            lines.add("adds a rule by sending the whole list: " + requests(writing.replace()));
        }
        if (!writing.grow().isEmpty()) {
            lines.add("makes a free row by " + requests(writing.grow()));
        }
        lines.add(
                writing.remove().isEmpty()
                        ? "removes a rule by sending the whole list"
                        : "removes a rule by " + requests(writing.remove()));
        if (!writing.apply().isEmpty()) {
            lines.add("lets changes take effect, once, by " + requests(writing.apply()));
        }
        return lines;
    }

    private static String limits(Profile profile) {
        Profile.Limits limits = profile.limits();
        String sources = limits.source() == SourceRestriction.NONE
                ? "for anyone only"
                : limits.source() == SourceRestriction.CIDR ? "for anyone or one block" : "for anyone or one address";
        return limits.protocols().stream().map(Enum::name).sorted().collect(Collectors.joining(" and "))
                + (limits.translation() ? " to any port" : " to the same port")
                + ", " + sources
                + (limits.maxRules().isPresent() ? ", " + limits.maxRules().getAsInt() + " rules at most" : "");
    }

    private static String name(Profile profile) {
        boolean named = profile.list().form().name().filter(NameRule::tells).isPresent();
        return named
                ? "tells rules of its own by their names"
                : "cannot tell rules of its own by their names; the ledger does";
    }

    private static String requests(List<Step> steps) {
        return steps.stream().map(ProfileSummary::request).collect(Collectors.joining(", then "));
    }

    private static String request(Step step) {
        return step.method() + " " + step.path().source();
    }
}
