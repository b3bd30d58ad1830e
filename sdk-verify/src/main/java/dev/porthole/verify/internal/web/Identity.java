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
import java.util.stream.Collectors;

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

    private final Browser browser;
    private final LanSide lan;

    Identity(Browser browser, LanSide lan) {
        this.browser = browser;
        this.lan = lan;
    }

    /** Decides on a page that was seen at a target. */
    Finding of(WebPage page, Target target, Deadline deadline) throws InterruptedException {
        Fingerprint seen = Fingerprint.of(page);
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
        List<DeviceTrait> routers = DeviceTraits.routers(page);
        List<DeviceTrait> cameras = DeviceTraits.cameras(page);
        if (!routers.isEmpty() && cameras.isEmpty()) {
            return new Finding(Owner.ROUTER, words(routers));
        } else if (likeness == Likeness.DIFFERENT) {
            return new Finding(
                    Owner.ANOTHER_DEVICE, "another page than the camera shows on the LAN at " + camera.orElseThrow());
        } else if (onLan.silent()) {
            return new Finding(
                    Owner.NOT_THE_SILENT_CAMERA,
                    "the camera at " + camera.orElseThrow() + " accepts no connection on the LAN");
        }
        return cameras.isEmpty() ? new Finding(Owner.UNKNOWN, "") : new Finding(Owner.A_CAMERA, words(cameras));
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
                    Optional.of(Fingerprint.of(browser.visit(place, deadline).page())), false);
        } catch (DeviceHttpException e) {
            return new LanPage(Optional.empty(), !e.sent() && !deadline.expired());
        }
    }

    private static String words(List<DeviceTrait> traits) {
        return traits.stream().map(DeviceTrait::words).distinct().limit(4).collect(Collectors.joining(", "));
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
