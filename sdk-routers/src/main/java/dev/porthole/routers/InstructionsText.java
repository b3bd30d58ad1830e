package dev.porthole.routers;

import dev.porthole.routers.RouterInstructions.Field;
import dev.porthole.routers.RouterInstructions.Section;
import dev.porthole.routers.RouterInstructions.Step;
import java.util.List;
import java.util.Locale;

/** Lays out instructions for a terminal or as Markdown. Used once. */
final class InstructionsText {
    private static final int WIDTH = 80;

    private final RouterInstructions instructions;
    private final StringBuilder out = new StringBuilder();

    InstructionsText(RouterInstructions instructions) {
        this.instructions = instructions;
    }

    String text() {
        line(instructions.title());
        line("=".repeat(Math.min(WIDTH, instructions.title().length())));
        wrapped("", instructions.notice());
        for (Section section : instructions.sections()) {
            line("");
            line(section.heading());
            int number = 0;
            for (Step step : section.steps()) {
                String lead = String.format(Locale.ROOT, "%3d. ", ++number);
                wrapped(lead, step.text());
                fields(step.fields());
                step.commands().forEach(command -> line("       " + command));
            }
        }
        return out.toString();
    }

    private void fields(List<Field> fields) {
        int widest =
                fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        for (Field field : fields) {
            line("       " + field.name() + " ".repeat(widest - field.name().length()) + "  " + field.value());
        }
    }

    private void wrapped(String lead, String words) {
        StringBuilder line = new StringBuilder(lead);
        boolean empty = true;
        for (String word : words.split(" +")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
                line.append(" ".repeat(lead.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        line(line.toString());
    }

    String markdown() {
        line("# " + escaped(instructions.title()));
        line("");
        line("> " + escaped(instructions.notice()));
        for (Section section : instructions.sections()) {
            line("");
            line("## " + escaped(section.heading()));
            line("");
            int number = 0;
            for (Step step : section.steps()) {
                line(++number + ". " + escaped(step.text()));
                table(step.fields());
                code(step.commands());
            }
        }
        return out.toString();
    }

    private void table(List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        line("");
        line("   | | |");
        line("   |---|---|");
        fields.forEach(field -> line("   | " + escaped(field.name()) + " | " + escaped(field.value()) + " |"));
        line("");
    }

    private void code(List<String> commands) {
        if (commands.isEmpty()) {
            return;
        }
        line("");
        line("   ```");
        commands.forEach(command -> line("   " + command));
        line("   ```");
        line("");
    }

    /** What would be markup is shown as it is; addresses stay whole, so that they can be followed. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("`", "\\`");
    }

    private void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }
}
