package dev.porthole.routers.internal.guide;

import dev.porthole.routers.internal.identify.Sign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How rules are entered by hand on the routers of one brand. Immutable; the format is in {@code guides/format.txt}.
 *
 * @param id the brand, lower case
 * @param name the brand, as people say it
 * @param firmware the generation that the steps are of
 * @param vendor whether the steps follow the vendor's own guide
 * @param covers other names of the brand
 * @param translates whether external and internal port may differ
 * @param steps the lines {@code before}, {@code rule}, {@code after}, {@code taken}, {@code check} and {@code note}
 * @param signs by what the brand is recognised
 */
public record Guide(
        String id,
        String name,
        String firmware,
        boolean vendor,
        Set<String> covers,
        boolean translates,
        List<Step> steps,
        List<Sign> signs) {
    private static final Set<String> STEPS = Set.of("before", "rule", "after", "taken", "check", "note");

    /**
     * A step.
     *
     * @param kind which of the lines
     * @param text what to do, with placeholders
     * @param parts what belongs to it
     */
    public record Step(String kind, String text, List<Part> parts) {}

    /** Copies the collections. */
    public Guide {
        covers = Set.copyOf(covers);
        steps = List.copyOf(steps);
        signs = List.copyOf(signs);
    }

    /**
     * Reads a guide.
     *
     * @param id the brand: the file's name without its ending
     * @param text the file
     * @return the guide
     * @throws IllegalArgumentException where it is not in the format; says where and what
     */
    public static Guide parse(String id, String text) {
        return new Reader(id).read(GuideLine.parse(id + ".txt", text));
    }

    /**
     * Whether a name is that of this brand.
     *
     * @param other in any case, with or without hyphens
     * @return true where it is
     */
    public boolean is(String other) {
        String wanted = bare(other);
        return bare(id).equals(wanted)
                || covers.stream().anyMatch(name -> bare(name).equals(wanted));
    }

    private static String bare(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /**
     * The steps of one kind.
     *
     * @param kind {@code before}, {@code rule}, {@code after}, {@code taken}, {@code check} or {@code note}
     * @return in the order of the file
     */
    public List<Step> steps(String kind) {
        return steps.stream().filter(step -> step.kind().equals(kind)).toList();
    }

    /**
     * Whether the table has a field for who may connect.
     *
     * @return true where a step fills it in
     */
    public boolean restricts() {
        return steps.stream()
                .flatMap(step -> step.parts().stream())
                .anyMatch(part -> part.value().contains("{source}"));
    }

    /** Reads one file. */
    private static final class Reader {
        private final String id;
        private String name = "";
        private String firmware = "";
        private String status = "";
        private boolean translates = true;
        private final List<String> covers = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Sign> signs = new ArrayList<>();

        Reader(String id) {
            this.id = id;
        }

        Guide read(List<GuideLine> lines) {
            lines.forEach(this::read);
            if (name.isEmpty() || firmware.isEmpty() || status.isEmpty()) {
                throw new IllegalArgumentException(id + ".txt: name, firmware and status are needed");
            }
            if (steps.stream().noneMatch(step -> step.kind().equals("rule"))) {
                throw new IllegalArgumentException(id + ".txt: there is no step for a rule");
            }
            return new Guide(id, name, firmware, status.equals("vendor"), Set.copyOf(covers), translates, steps, signs);
        }

        private void read(GuideLine line) {
            switch (line.key()) {
                case "name" -> name = line.value();
                case "firmware" -> firmware = line.value();
                case "status" -> status = oneOf(line, "vendor", "public");
                case "translates" -> translates = oneOf(line, "yes", "no").equals("yes");
                case "covers" -> covers.addAll(Arrays.asList(line.value().split("\\s*,\\s*")));
                case "sign" -> signs.add(Sign.parse(line.place(), line.value(), line.under()));
                default -> {
                    if (!STEPS.contains(line.key())) {
                        throw line.invalid("'" + line.key() + "' is not a key of a guide; see format.txt");
                    }
                    steps.add(new Step(
                            line.key(),
                            line.value(),
                            line.under().stream()
                                    .map(under -> Part.parse(line, under))
                                    .toList()));
                }
            }
        }

        private static String oneOf(GuideLine line, String one, String other) {
            if (!line.value().equals(one) && !line.value().equals(other)) {
                throw line.invalid("'" + line.value() + "' is neither '" + one + "' nor '" + other + "'");
            }
            return line.value();
        }
    }
}
