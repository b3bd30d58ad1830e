package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The fake gateway answers a recorded conversation with miniupnpd 2.3.1 as miniupnpd did, byte for byte. */
class MiniupnpdRecordingTest {
    private static final Pattern LEASE = Pattern.compile("(LeaseDuration|LeaseTime)>([0-9]+)<");

    private record Step(String name, String action, String type, Map<String, String> arguments, String reply) {}

    @Test
    void theFakeAnswersEachRecordedRequestAsTheDaemonDid() throws IOException {
        try (FakeGateway gateway = FakeGateway.options()
                .wan(WanSpec.ip(2).withExternalAddress("44.128.1.2"))
                .start()) {
            for (Step step : recording()) {
                String request = Raw.soapRequest("/ctl/IPConn", step.type, step.action, step.arguments);
                Raw.SoapReply reply = Raw.parsed(Raw.exchange(gateway.httpAddress(), request));
                assertThat(comparable(reply.status() + " " + reply.body()))
                        .as(step.name)
                        .isEqualTo(comparable(step.reply));
            }
        }
    }

    /** Time went by while the conversation was recorded: leases are compared to the minute, the uptime not at all. */
    private static String comparable(String reply) {
        String timeless = reply.replaceAll("<NewUptime>[0-9]+<", "<NewUptime>0<");
        return LEASE.matcher(timeless)
                .replaceAll(match -> match.group(1) + ">" + (Long.parseLong(match.group(2)) + 59) / 60 + " min<");
    }

    private static List<Step> recording() throws IOException {
        List<Step> steps = new ArrayList<>();
        String name = "";
        String[] request = {};
        for (String line : lines("miniupnpd-2.3.1-debian.txt")) {
            if (line.startsWith("# ")) {
                name = line.substring(2);
            } else if (line.startsWith("> ")) {
                request = line.substring(2).split("\t", -1);
            } else if (line.startsWith("< ")) {
                Map<String, String> arguments = new LinkedHashMap<>();
                for (int i = 2; i < request.length; i++) {
                    int equals = request[i].indexOf('=');
                    if (equals > 0) {
                        arguments.put(request[i].substring(0, equals), request[i].substring(equals + 1));
                    }
                }
                String reply = line.substring(2).replace("\\r", "\r").replace("\\n", "\n");
                steps.add(new Step(name, request[0], request[1], arguments, reply));
            }
        }
        assertThat(steps).hasSizeGreaterThan(70);
        return steps;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MiniupnpdRecordingTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
