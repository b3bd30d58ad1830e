package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how rules are changed. */
final class WriteReader {
    private static final List<String> WRITE =
            List.of("add", "remove", "replace", "grow", "new", "cleared", "apply", "refusals");

    private final Problems problems;
    private final StepReader steps;

    WriteReader(Problems problems, StepReader steps) {
        this.problems = problems;
        this.steps = steps;
    }

    static Profile.Writing nothing() {
        return new Profile.Writing(
                List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), Map.of(), List.of());
    }

    Profile.Writing read(Node node, ListReader.Read list, Scope listed) {
        Section section = Section.of(node, "write", problems, WRITE);
        combination(section, list);
        list.master().ifPresent(master -> listed.add(TableWriter.SWITCH));
        Scope rule = listed.with(ruleVariables(list));
        Scope row = listed.with(rowVariables(list));
        Scope rows = listed.with(Set.of("rows"));
        Optional<Body.Tree> fresh = section.find("new").map(n -> fresh(n, list, rule));
        return new Profile.Writing(
                steps.steps(section.find("add"), "write.add", rule),
                steps.steps(section.find("remove"), "write.remove", row),
                rowSteps(section, "replace", list, rows),
                steps.steps(section.find("grow"), "write.grow", listed.copy()),
                rowSteps(section, "apply", list, rows.copy()),
                fresh,
                cleared(section, list),
                refusals(section));
    }

    private static Set<String> ruleVariables(ListReader.Read list) {
        Set<String> names = new LinkedHashSet<>();
        list.fields().keySet().forEach(name -> names.add("rule." + name));
        return names;
    }

    private static Set<String> rowVariables(ListReader.Read list) {
        Set<String> names = new LinkedHashSet<>(List.of("row.index", "row.number"));
        list.fields().keySet().forEach(name -> names.add("row." + name));
        list.keys().keySet().forEach(name -> names.add("row." + name));
        if (list.paging().isPresent()) {
            names.add("row.page");
        }
        return names;
    }

    private void combination(Section section, ListReader.Read list) {
        boolean replaces = section.has("replace");
        if (replaces == section.has("add") && section.node() instanceof MappingNode) {
            problems.at(
                    section.node(),
                    "write has either 'add' and 'remove', for routers that change one rule, or 'replace', for those that"
                            + " take the whole list");
        }
        if (section.has("add")) {
            section.require("remove");
            for (String key : List.of("new", "grow", "cleared")) {
                if (section.has(key)) {
                    section.problem(key, "'" + key + "' is never used without replace");
                }
            }
        }
        if (replaces) {
            section.require("new");
            if (list.paging().isPresent()) {
                section.problem("replace", "a list in parts cannot be replaced as a whole");
            }
            if (list.rows() instanceof ScriptRows) {
                section.problem("replace", "rows of a js-array are only read; use add and remove");
            }
            slots(section, list);
        }
    }

    private void slots(Section section, ListReader.Read list) {
        if (!(list.rows() instanceof InputRows inputs)) {
            for (String key : List.of("grow", "cleared")) {
                if (section.has(key)) {
                    section.problem(key, "'" + key + "' is for the codec indexed-inputs");
                }
            }
            return;
        }
        if (inputs.empty().isEmpty()) {
            section.problem("replace", "rows of indexed-inputs need 'free', which says what a free row holds");
        }
        if (!section.has("remove") && !section.has("cleared")) {
            section.problem("replace", "a rule is removed by 'remove', or by what its controls hold then: 'cleared'");
        }
    }

    /** Requests that may carry the whole list; those of {@code replace} must. */
    private List<Step> rowSteps(Section section, String key, ListReader.Read list, Scope rows) {
        List<Step> read = steps.steps(section.find(key), "write." + key, rows);
        boolean inputs = list.rows() instanceof InputRows;
        for (Step step : read) {
            if (inputs && ProfileSession.refersToRows(step)) {
                section.problem(key, "rows of indexed-inputs go into a form by 'withRows: true', not by ${rows}");
            } else if (!inputs && step.body() instanceof Body.Form form && form.withRows()) {
                section.problem(key, "'withRows' is for the codec indexed-inputs; use ${rows}");
            }
        }
        if (key.equals("replace") && !read.isEmpty() && read.stream().noneMatch(ProfileSession::carriesRows)) {
            section.problem(
                    key,
                    inputs
                            ? "no request of replace sends the rows; one needs 'withRows: true'"
                            : "no request of replace sends the rows; one needs ${rows}");
        }
        return read;
    }

    private Body.Tree fresh(Node node, ListReader.Read list, Scope rule) {
        Body.Tree tree = steps.tree(node, rule);
        boolean delimited = list.rows() instanceof DelimitedRows;
        if (delimited != tree instanceof Body.Items || !delimited && !(tree instanceof Body.Fields)) {
            problems.at(
                    node,
                    delimited
                            ? "a new row of a delimited list is a list of its fields, in order"
                            : "a new row is a mapping of its fields and their values");
        }
        if (list.rows() instanceof InputRows && tree instanceof Body.Fields fields) {
            fields.fields().forEach((name, value) -> numbered(name, node));
        }
        return tree;
    }

    private void numbered(String name, Node node) {
        if (!name.contains("#")) {
            problems.at(node, Problems.quoted(name) + " needs a # where the row's number stands, such as from#");
        }
    }

    private Map<String, String> cleared(Section section, ListReader.Read list) {
        Map<String, String> cleared = new LinkedHashMap<>();
        section.find("cleared").ifPresent(node -> {
            if (!(node instanceof MappingNode)) {
                problems.at(node, "'cleared' must be a mapping of controls and what they hold in a free row");
            }
            Section.pairs(node, problems).forEach(e -> {
                numbered(Section.text(e.getKey()), e.getKey());
                cleared.put(Section.text(e.getKey()), Section.text(e.getValue()));
            });
        });
        return cleared;
    }

    private List<Profile.Meaning> refusals(Section section) {
        List<Profile.Meaning> refusals = new ArrayList<>();
        section.find("refusals")
                .ifPresent(node -> Section.items(node).forEach(item -> {
                    Section refusal = Section.of(item, "a refusal", problems, List.of("when", "means", "says"));
                    refusal.require("means");
                    refusal.choice("means", ProfileReader.REFUSALS)
                            .ifPresent(means -> refusal.require("when")
                                    .ifPresent(when -> refusals.add(new Profile.Meaning(
                                            steps.answers().condition(when, "when"), means, refusal.text("says")))));
                }));
        return refusals;
    }
}
