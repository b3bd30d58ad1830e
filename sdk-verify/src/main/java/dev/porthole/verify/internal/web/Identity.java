package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Target;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.web.Fingerprint.Likeness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds out whose page was seen: compares it with the camera's and the router's on the LAN, and looks for traits. */
final class Identity {
    /** Whose page it is. */
    enum Owner {
        /** The camera that was asked for: the page is the one seen on the LAN. */
        THIS_CAMERA,
        /** A camera, by its traits. */
        A_CAMERA,
        /** The router in front of the camera, or a router by its traits. */
        ROUTER,
        /** Not the camera: its page on the LAN is another one. */
        ANOTHER_DEVICE,
        /** Something answers, while the camera on the LAN accepts no connection. */
        NOT_THE_SILENT_CAMERA,
        /** Nothing tells. */
        UNKNOWN
    }

    /**
     * The outcome.
     *
     * @param owner whose page it is
     * @param grounds by what that was told, for evidence
     */
    record Finding(Owner owner, String grounds) {}

    /**
     * What was seen at a target.
     *
     * @param print the page's fingerprint, in the form in which pages on the LAN are compared with it
     * @param routers traits of routers, in words
     * @param cameras traits of cameras, in words
     */
    record Seen(Fingerprint print, List<String> routers, List<String> cameras) {
        static Seen of(WebPage page) {
            return new Seen(Fingerprint.of(page), words(DeviceTraits.routers(page)), words(DeviceTraits.cameras(page)));
        }

        private static List<String> words(List<DeviceTrait> traits) {
            return traits.stream().map(DeviceTrait::words).distinct().limit(4).toList();
        }
    }

    private final Browser browser;
    private final LanSide lan;
    private final UnaryOperator<Fingerprint> form;

    /** Takes the form in which pages on the LAN are compared with those seen at targets. */
    Identity(Browser browser, LanSide lan, UnaryOperator<Fingerprint> form) {
        this.browser = browser;
        this.lan = lan;
        this.form = form;
    }

    /** Decides on a page that was seen at a target. */
    Finding of(Seen page, Target target, Deadline deadline) throws InterruptedException {
        Fingerprint seen = page.print();
        boolean tls = target.scheme() == Target.Scheme.HTTPS;
        Optional<InternalEndpoint> camera = target.internal();
        LanPage onLan = camera.isPresent() ? page(camera.get(), tls, target.path(), deadline) : LanPage.UNSEEN;
        Likeness likeness = likeness(seen, onLan);
        if (likeness == Likeness.SAME) {
            String basis = seen.basis(onLan.print().orElseThrow());
            return new Finding(Owner.THIS_CAMERA, "the same " + basis + " as on the LAN at " + camera.orElseThrow());
        }
        Optional<Finding> router = target.gateway().isPresent()
                ? routersOwn(seen, target.gateway().get(), tls, deadline)
                : Optional.empty();
        if (router.isPresent()) {
            return router.get();
        }
        if (!page.routers().isEmpty() && page.cameras().isEmpty()) {
            return new Finding(Owner.ROUTER, String.join(", ", page.routers()));
        } else if (likeness == Likeness.DIFFERENT) {
            return new Finding(
                    Owner.ANOTHER_DEVICE, "another page than the camera shows on the LAN at " + camera.orElseThrow());
        } else if (onLan.silent()) {
            return new Finding(
                    Owner.NOT_THE_SILENT_CAMERA,
                    "the camera at " + camera.orElseThrow() + " accepts no connection on the LAN");
        }
        return page.cameras().isEmpty()
                ? new Finding(Owner.UNKNOWN, "")
                : new Finding(Owner.A_CAMERA, String.join(", ", page.cameras()));
    }

    private Optional<Finding> routersOwn(Fingerprint seen, InetAddress gateway, boolean tls, Deadline deadline)
            throws InterruptedException {
        InternalEndpoint own = new InternalEndpoint(gateway, tls ? 443 : 80);
        LanPage page = page(own, tls, "/", deadline);
        return likeness(seen, page) == Likeness.SAME
                ? Optional.of(new Finding(
                        Owner.ROUTER,
                        "the same " + seen.basis(page.print().orElseThrow()) + " as the router's own page at " + own))
                : Optional.empty();
    }

    private static Likeness likeness(Fingerprint seen, LanPage onLan) {
        return onLan.print().map(seen::compare).orElse(Likeness.UNSURE);
    }

    private LanPage page(InternalEndpoint host, boolean tls, String path, Deadline deadline)
            throws InterruptedException {
        Optional<InetSocketAddress> near = lan.near(host.address(), host.port());
        if (near.isEmpty() || deadline.expired()) {
            return LanPage.UNSEEN;
        }
        try {
            WebPlace place = WebPlace.onLan(host, near.get(), tls, path);
            return new LanPage(
                    Optional.of(form.apply(
                            Fingerprint.of(browser.visit(place, deadline).page()))),
                    false);
        } catch (DeviceHttpException e) {
            return new LanPage(Optional.empty(), !e.sent() && !deadline.expired());
        }
    }

    /**
     * A page on the LAN.
     *
     * @param print empty where none was seen
     * @param silent whether the host accepted no connection
     */
    private record LanPage(Optional<Fingerprint> print, boolean silent) {
        static final LanPage UNSEEN = new LanPage(Optional.empty(), false);
    }
}
