package dev.porthole.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a camera's ONVIF services as leads to its stream's URL; wants a WS-Security digest by its own clock. */
final class CameraOnvif {
    /** Where all its services are. */
    static final String PATH = "/onvif/";

    private static final Pattern NONCE = Pattern.compile("<Nonce[^>]*>([^<]*)</Nonce>");
    private static final Pattern CREATED = Pattern.compile("<Created[^>]*>([^<]*)</Created>");
    private static final Pattern PASSWORD = Pattern.compile("#PasswordDigest\">([^<]*)</Password>");

    private final Clock clock;
    private final String user;
    private final String password;
    private final Supplier<String> streamUrl;

    CameraOnvif(Duration clockAhead, String user, String password, Supplier<String> streamUrl) {
        this.clock = Clock.offset(Clock.systemUTC(), clockAhead);
        this.user = user;
        this.password = password;
        this.streamUrl = streamUrl;
    }

    HttpReply answer(RecordedRequest request) {
        String body = request.body();
        if (body.contains("GetSystemDateAndTime")) {
            return reply(200, time());
        }
        if (!admitted(body)) {
            return reply(
                    400,
                    "<s:Fault><s:Code><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code>"
                            + "</s:Fault>");
        }
        if (body.contains("GetCapabilities")) {
            return reply(
                    200,
                    "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media>"
                            + "<tt:XAddr>http://192.0.2.1:8899/onvif/media</tt:XAddr></tt:Media></tds:Capabilities>"
                            + "</tds:GetCapabilitiesResponse>");
        }
        if (body.contains("GetProfiles") && request.target().equals("/onvif/media")) {
            return reply(
                    200,
                    "<trt:GetProfilesResponse><trt:Profiles fixed=\"true\" token=\"main&amp;1\"/>"
                            + "<trt:Profiles token=\"sub\"/></trt:GetProfilesResponse>");
        }
        if (body.contains("GetStreamUri") && body.contains("<ProfileToken>main&amp;1</ProfileToken>")) {
            return reply(
                    200,
                    "<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>" + SoapReplies.escape(streamUrl.get())
                            + "</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>");
        }
        return reply(400, "<s:Fault/>");
    }

    private String time() {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        return "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>"
                + now.getHour() + "</tt:Hour><tt:Minute>" + now.getMinute() + "</tt:Minute><tt:Second>"
                + now.getSecond() + "</tt:Second></tt:Time><tt:Date><tt:Year>" + now.getYear()
                + "</tt:Year><tt:Month>" + now.getMonthValue() + "</tt:Month><tt:Day>" + now.getDayOfMonth()
                + "</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>";
    }

    private boolean admitted(String body) {
        Optional<String> created = first(CREATED, body);
        boolean fresh = created.isPresent()
                && Duration.between(Instant.parse(created.get()), clock.instant())
                                .abs()
                                .compareTo(Duration.ofMinutes(5))
                        < 0;
        if (!fresh || !body.contains("<Username>" + user + "</Username>")) {
            return false;
        }
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(Base64.getDecoder().decode(first(NONCE, body).orElse("")));
            sha1.update((created.get() + password).getBytes(StandardCharsets.UTF_8));
            return first(PASSWORD, body).equals(Optional.of(Base64.getEncoder().encodeToString(sha1.digest())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static Optional<String> first(Pattern pattern, String body) {
        Matcher match = pattern.matcher(body);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static HttpReply reply(int status, String body) {
        String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
                + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>" + body + "</s:Body></s:Envelope>";
        return HttpReply.of(status, status == 200 ? "OK" : "Bad Request", envelope.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/soap+xml");
    }
}
