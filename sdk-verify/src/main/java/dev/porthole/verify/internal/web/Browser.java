package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.TlsTrust;
import dev.porthole.verify.internal.PinnedKey;
import dev.porthole.verify.internal.Settings;
import java.util.Optional;

/** Gets pages as a browser would, without leaving the device. Thread-safe. */
final class Browser {
    /** To a folder, to a language, to the login page: nobody needs more. */
    private static final int MAX_REDIRECTS = 3;

    private static final TlsTrust ANY_KEY = TlsTrust.any();

    private final DeviceHttp http;
    private final Settings settings;
    private final int pageBytes;

    Browser(DeviceHttp http, Settings settings, int pageBytes) {
        this.http = http;
        this.settings = settings;
        this.pageBytes = pageBytes;
    }

    /**
     * What a visit came to.
     *
     * @param place where it ended
     * @param page what was there
     * @param timings of the first reply
     * @param strayed a redirect that was not followed
     */
    record Visit(WebPlace place, WebPage page, DeviceReply.Timings timings, Optional<String> strayed) {}

    /** Gets the page at a place, following the device's redirects within itself. */
    Visit visit(WebPlace start, Deadline deadline) throws DeviceHttpException, InterruptedException {
        WebPlace place = start;
        DeviceReply reply = get(place, Optional.empty(), ANY_KEY, deadline);
        DeviceReply.Timings timings = reply.timings();
        WebPage page = WebPage.of(reply);
        for (int redirects = 0; page.location().isPresent(); redirects++) {
            Optional<WebPlace> next = place.follow(page.location().get());
            if (next.isEmpty()
                    || redirects == MAX_REDIRECTS
                    || next.get().path().equals(place.path())) {
                return new Visit(place, page, timings, next.isEmpty() ? page.location() : Optional.empty());
            }
            place = next.get();
            page = WebPage.of(get(place, Optional.empty(), ANY_KEY, deadline));
        }
        return new Visit(place, page, timings, Optional.empty());
    }

    /** Gets a page with a login, over TLS only from the holder of the key that was seen before. */
    WebPage login(WebPlace place, String authorization, Optional<String> key, Deadline deadline)
            throws DeviceHttpException, InterruptedException {
        TlsTrust trust = key.map(pin -> TlsTrust.of(new PinnedKey(pin))).orElse(ANY_KEY);
        return WebPage.of(get(place, Optional.of(authorization), trust, deadline));
    }

    private DeviceReply get(WebPlace place, Optional<String> authorization, TlsTrust trust, Deadline deadline)
            throws DeviceHttpException, InterruptedException {
        DeviceRequest.Builder request = DeviceRequest.get(place.dial(), place.path())
                .header("Host", place.authority())
                .header("User-Agent", settings.userAgent())
                .header("Accept", "text/html,*/*;q=0.5")
                .maxBody(pageBytes);
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (place.tls()) {
            request.tls(trust);
        }
        return http.send(request.build(), deadline.within(settings.answerTimeout()));
    }
}
