package dev.porthole.routers.internal.identify;

import dev.porthole.http.internal.HeaderFields;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fingerprint as a guide tells it.
 *
 * @param fingerprint what is asked and what the answer shows
 * @param weak whether routers of other brands show it too
 * @param model what stands before and behind the model in the answer; empty where it does not tell
 */
public record Sign(Fingerprint fingerprint, boolean weak, Optional<Between> model) {
    private static final int MAX_MODEL = 60;

    /**
     * A piece of an answer.
     *
     * @param before what stands before it
     * @param after what stands behind it; a line's end where it is empty
     */
    public record Between(String before, String after) {
        Optional<String> in(String text) {
            int start = text.indexOf(before);
            if (start < 0) {
                return Optional.empty();
            }
            String rest = text.substring(start + before.length());
            int end = after.isEmpty() ? rest.indexOf('\n') : rest.indexOf(after);
            return Optional.of(plain(end < 0 ? rest : rest.substring(0, end))).filter(found -> !found.isEmpty());
        }
    }

    /**
     * Reads a sign of a guide.
     *
     * @param place file and line, for messages
     * @param request {@code GET /path} or {@code POST /path}
     * @param lines what its answer shows
     * @return the sign
     * @throws IllegalArgumentException where it is not in the format
     */
    public static Sign parse(String place, String request, List<String> lines) {
        boolean weak = false;
        Set<Integer> statuses = new HashSet<>();
        List<HeaderFields.Field> headers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Optional<Between> model = Optional.empty();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            String key = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 2).strip();
            if (line.equals("weak")) {
                weak = true;
            } else if (key.equals("status")) {
                Arrays.stream(value.split("\\s*,\\s*")).map(Integer::valueOf).forEach(statuses::add);
            } else if (key.startsWith("header ")) {
                headers.add(new HeaderFields.Field(key.substring(7).strip(), value));
            } else if (key.equals("body")) {
                words.add(value);
            } else if (key.equals("model") && value.contains(" | ")) {
                int bar = value.indexOf(" | ");
                model = Optional.of(new Between(
                        value.substring(0, bar), value.substring(bar + 3).replace("\\n", "")));
            } else {
                throw new IllegalArgumentException(
                        place + ": '" + line + "' is neither weak, status, header, body nor model; see format.txt");
            }
        }
        return new Sign(new Fingerprint(request(place, request), statuses, headers, words), weak, model);
    }

    private static RouterRequest request(String place, String text) {
        if (text.startsWith("GET /")) {
            return RouterRequest.get(text.substring(4));
        }
        if (text.startsWith("POST /")) {
            return RouterRequest.post(text.substring(5), "application/json", new byte[0]);
        }
        throw new IllegalArgumentException(place + ": '" + text + "' is neither 'GET /path' nor 'POST /path'");
    }

    /**
     * The model that an answer tells.
     *
     * @param reply the answer
     * @return the model, printable; empty where it does not tell
     */
    public Optional<String> model(RouterReply reply) {
        return model.flatMap(between -> {
            for (HeaderFields.Field field : reply.headers().fields()) {
                Optional<String> found = field.name().equalsIgnoreCase("WWW-Authenticate")
                        ? between.in(field.value())
                        : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
            return between.in(reply.text());
        });
    }

    /** Printable, on one line, of a length that can be shown. */
    static String plain(String text) {
        String plain =
                text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        return plain.length() <= MAX_MODEL ? plain : plain.substring(0, MAX_MODEL);
    }
}
