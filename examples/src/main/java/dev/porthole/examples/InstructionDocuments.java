package dev.porthole.examples;

import dev.porthole.diagnose.Finding;
import dev.porthole.routers.ForwardedPort;
import dev.porthole.routers.RouterInstructions;
import dev.porthole.routers.RouterInstructions.Section;
import dev.porthole.routers.RouterInstructions.Step;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents of {@code instructions --json}. Programs rely on every name in here. */
final class InstructionDocuments {
    private InstructionDocuments() {}

    /** Steps that could not be written. */
    static Map<String, Object> none(List<Finding> findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("router", null);
        document.put("externalAddress", null);
        document.put("rules", List.of());
        document.put("sections", List.of());
        document.put("instructions", List.of());
        document.put("verify", null);
        document.put("findings", Documents.findings(findings));
        return document;
    }

    /**
     * The steps.
     *
     * @param verify the command that tries whether they were done
     */
    static Map<String, Object> of(ByHand byHand, List<Finding> findings, String verify) {
        RouterInstructions instructions = byHand.instructions();
        Map<String, Object> router = new LinkedHashMap<>();
        router.put("brand", byHand.guide().id());
        router.put("name", byHand.guide().name());
        router.put("firmware", byHand.guide().firmware());
        router.put("fromVendor", byHand.guide().fromVendor());
        router.put("url", byHand.router().map(URI::toString).orElse(null));
        Map<String, Object> document = none(findings);
        document.put("router", router);
        document.put(
                "externalAddress",
                byHand.external().map(InetAddress::getHostAddress).orElse(null));
        document.put("plannedByRouter", byHand.planned());
        document.put("title", instructions.title());
        document.put("notice", instructions.notice());
        document.put("rules", rules(byHand.ports()));
        document.put("sections", sections(instructions));
        document.put("instructions", instructions.markdown().lines().toList());
        document.put("verify", verify);
        return document;
    }

    private static List<Object> rules(List<ForwardedPort> ports) {
        List<Object> rules = new ArrayList<>();
        for (ForwardedPort port : ports) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("camera", port.camera().name());
            rule.put("service", port.service().name());
            rule.put("externalPort", port.externalPort());
            rule.put("internalAddress", port.camera().address().getHostAddress());
            rule.put("internalPort", port.service().port());
            rule.put("protocol", "TCP");
            rules.add(rule);
        }
        return rules;
    }

    private static List<Object> sections(RouterInstructions instructions) {
        List<Object> sections = new ArrayList<>();
        for (Section section : instructions.sections()) {
            List<Object> steps = new ArrayList<>();
            section.steps().forEach(step -> steps.add(step(step)));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("heading", section.heading());
            one.put("steps", steps);
            sections.add(one);
        }
        return sections;
    }

    private static Map<String, Object> step(Step step) {
        List<Object> fields = new ArrayList<>();
        step.fields().forEach(field -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", field.name());
            one.put("value", field.value());
            fields.add(one);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", step.text());
        document.put("fields", fields);
        document.put("commands", step.commands());
        return document;
    }
}
