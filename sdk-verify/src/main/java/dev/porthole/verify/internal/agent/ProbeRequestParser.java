package dev.porthole.verify.internal.agent;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.verify.internal.agent.ProbeRequest.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /v1/probe}: one probe, or {@code {"probes":[…]}} with up to four. */
final class ProbeRequestParser {
    /** The most probes in one call. */
    static final int MOST_PROBES = 4;

    /** The largest body in bytes. */
    static final int MAX_BODY = 2048;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxNumberLength(10)
                    .maxNameLength(64)
                    .maxStringLength(MAX_BODY)
                    .build())
            .build();

    private final JsonParser parser;

    private ProbeRequestParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a body. */
    static List<ProbeRequest> parse(byte[] body) throws BadRequestException {
        try (JsonParser parser = JSON.createParser(body)) {
            return new ProbeRequestParser(parser).document();
        } catch (JacksonException e) {
            throw new BadRequestException("the body is not a JSON object within the limits");
        } catch (IOException e) {
            throw new BadRequestException("the body cannot be read");
        }
    }

    private List<ProbeRequest> document() throws IOException, BadRequestException {
        expect(JsonToken.START_OBJECT, parser.nextToken(), "the body is not a JSON object");
        List<ProbeRequest> probes = new ArrayList<>();
        if ("probes".equals(parser.nextFieldName())) {
            expect(JsonToken.START_ARRAY, parser.nextToken(), "'probes' is a list of objects");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(JsonToken.START_OBJECT, parser.currentToken(), "'probes' is a list of objects");
                parser.nextToken();
                probes.add(probe());
                if (probes.size() > MOST_PROBES) {
                    throw new BadRequestException("at most " + MOST_PROBES + " probes go into one call");
                }
            }
            expect(JsonToken.END_OBJECT, parser.nextToken(), "nothing goes beside 'probes'");
        } else {
            probes.add(probe());
        }
        if (probes.isEmpty()) {
            throw new BadRequestException("'probes' is empty");
        }
        expect(null, parser.nextToken(), "something follows the JSON object");
        return probes;
    }

    /** Reads the fields up to the end of the object. */
    private ProbeRequest probe() throws IOException, BadRequestException {
        ProbeKind kind = null;
        Integer port = null;
        Optional<Family> family = Optional.empty();
        String path = "/";
        String user = null;
        String password = null;
        for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "kind" -> kind = kind(text(name));
                case "port" -> port = port();
                case "family" -> family = Optional.of(family(text(name)));
                case "path" -> path = path(text(name));
                case "user" -> user = account(name);
                case "password" -> password = account(name);
                default -> throw new BadRequestException("there is no field '" + shown(name) + "' here");
            }
        }
        if (kind == null || port == null) {
            throw new BadRequestException("a probe has a 'kind' and a 'port'");
        }
        if ((user == null) != (password == null) || (user != null && !kind.stream())) {
            throw new BadRequestException("'user' and 'password' go together, with kind rtsp or rtsps");
        }
        return new ProbeRequest(kind, port, family, path, credentials(user, password));
    }

    private static Optional<Credentials> credentials(@Nullable String user, @Nullable String password) {
        return user == null || password == null
                ? Optional.empty()
                : Optional.of(new Credentials(user, Secret.of(password)));
    }

    private String text(String name) throws IOException, BadRequestException {
        expect(JsonToken.VALUE_STRING, parser.currentToken(), "'" + name + "' is a string");
        return parser.getText();
    }

    private static ProbeKind kind(String text) throws BadRequestException {
        return ProbeKind.byId(text)
                .orElseThrow(() -> new BadRequestException("'kind' is one of tcp, http, https, rtsp, rtsps"));
    }

    private int port() throws IOException, BadRequestException {
        String range = "'port' is a number from 1 to 65535";
        expect(JsonToken.VALUE_NUMBER_INT, parser.currentToken(), range);
        long port = parser.getLongValue();
        if (port < 1 || port > 65_535) {
            throw new BadRequestException(range);
        }
        return (int) port;
    }

    private static Family family(String text) throws BadRequestException {
        for (Family family : Family.values()) {
            if (family.name().toLowerCase(Locale.ROOT).equals(text)) {
                return family;
            }
        }
        throw new BadRequestException("'family' is ipv4 or ipv6");
    }

    private static String path(String text) throws BadRequestException {
        boolean visible = text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!text.startsWith("/") || !visible || text.length() > ProbeRequest.LONGEST_PATH) {
            throw new BadRequestException(
                    "'path' starts with / and is visible ASCII, at most " + ProbeRequest.LONGEST_PATH + " characters");
        }
        return text;
    }

    private String account(String name) throws IOException, BadRequestException {
        String text = text(name);
        if (text.length() > ProbeRequest.LONGEST_ACCOUNT || text.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException("'" + name + "' has control characters or more than "
                    + ProbeRequest.LONGEST_ACCOUNT + " characters");
        }
        return text;
    }

    private static String shown(String name) {
        return name.codePoints().allMatch(c -> c >= ' ' && c < 0x7F) ? name : "?";
    }

    private static void expect(@Nullable JsonToken wanted, @Nullable JsonToken got, String otherwise)
            throws BadRequestException {
        if (wanted != got) {
            throw new BadRequestException(otherwise);
        }
    }
}
