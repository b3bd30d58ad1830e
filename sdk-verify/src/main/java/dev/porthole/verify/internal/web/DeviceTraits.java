package dev.porthole.verify.internal.web;

import static dev.porthole.verify.internal.web.DeviceTrait.Place.BODY;
import static dev.porthole.verify.internal.web.DeviceTrait.Place.REALM;
import static dev.porthole.verify.internal.web.DeviceTrait.Place.SERVER;
import static dev.porthole.verify.internal.web.DeviceTrait.Place.TITLE;
import static dev.porthole.verify.internal.web.DeviceTrait.camera;
import static dev.porthole.verify.internal.web.DeviceTrait.router;

import java.util.List;

/**
 * The traits that are known, brands before general words. The patterns are bounded and have no nested repetition, so that
 * no page makes them slow.
 */
final class DeviceTraits {
    private static final String LIFT =
            "device signatures of the scanner \"lift\", there marked as seen in 2021 to 2023";
    private static final String RECOG = "Recog fingerprints (rapid7/recog)";
    private static final String UNVERIFIED = "unverified";

    private static final List<DeviceTrait> CAMERAS = List.of(
            camera("Milesight", TITLE, "milesight network camera", LIFT),
            camera("Milesight", TITLE, "milesight.{0,20}(camera|nvr)", UNVERIFIED),
            camera("Axis", REALM, "^axis_[0-9a-f]{12}$", "a realm quoted in networkoptix and OpenVAS tests"),
            camera("Axis", BODY, "/axis-cgi/", "VAPIX, the documented path of its interface"),
            camera("Axis", TITLE, "^(index page|live view)? ?-? ?axis\\b", UNVERIFIED),
            camera("Hikvision", SERVER, "app-webs/|(dvrdvs|dnvrs|hikvision)-webs", LIFT),
            camera("Hikvision", BODY, "/doc/page/login\\.asp", LIFT),
            camera("Hikvision", REALM, "^ip camera\\(", "google/ExoPlayer issue 9800, firmware C1214"),
            camera("Dahua", REALM, "^login to [0-9a-z]{8,}", "scottlamb/retina issue 62"),
            camera("Dahua", TITLE, "^web service$", LIFT),
            camera("Dahua", BODY, "/rpc2_login", UNVERIFIED),
            camera(
                    "Hanwha",
                    REALM,
                    "^ipolis",
                    "a realm quoted in OpenVAS tests, with and without the device's address"),
            camera("Hanwha", TITLE, "wisenet", UNVERIFIED),
            camera("TP-Link camera", REALM, "tp-link ip-camera", "mpromonet/webrtc-streamer issue 698"),
            camera("TVT", SERVER, "cross web server", LIFT + "; " + RECOG),
            camera("Avtech", SERVER, "avtech/", LIFT),
            camera("Reolink", TITLE, "^reolink", UNVERIFIED),
            camera("Foscam", TITLE, "ipcam client", UNVERIFIED),
            camera(
                    "camera words",
                    TITLE,
                    "(network|ip|web) ?-?camera|\\bip ?cam\\b|\\bnetcam\\b",
                    "the vendors' own titles"),
            camera("camera words", REALM, "(network|ip|web) ?-?camera|\\bip ?cam\\b", "the vendors' own realms"),
            camera("recorder words", TITLE, "\\b[dnhx]vr\\b|video recorder", LIFT));

    private static final List<DeviceTrait> ROUTERS = List.of(
            router(
                    "router words",
                    TITLE,
                    "router|gateway|\\bmodem\\b|\\bx?dsl\\b|access point",
                    "the vendors' own titles"),
            router("router words", REALM, "router|gateway|\\bmodem\\b|\\bx?dsl\\b|access point", RECOG),
            router("FRITZ!Box", TITLE, "fritz!box", RECOG),
            router("OpenWrt", BODY, "/cgi-bin/luci", "OpenWrt's documented path"),
            router("OpenWrt", TITLE, "openwrt|luci\\b", UNVERIFIED),
            router("DD-WRT", TITLE, "dd-wrt", LIFT),
            router("DD-WRT", REALM, "dd-wrt", UNVERIFIED),
            router("TP-Link router", SERVER, "router webserver", LIFT),
            router("TP-Link router", TITLE, "archer|tl-wr", UNVERIFIED),
            router("ZTE", SERVER, "zte corp", LIFT),
            router("Thomson", REALM, "speedtouch", RECOG),
            router("Netgear", REALM, "^netgear", UNVERIFIED),
            router("Netgear", TITLE, "netgear", LIFT),
            router("MikroTik", TITLE, "routeros|mikrotik", UNVERIFIED),
            router("EdgeOS", TITLE, "edgeos", LIFT),
            router("pfSense or OPNsense", TITLE, "pfsense|opnsense", UNVERIFIED),
            router("Huawei", TITLE, "hilink|home gateway", UNVERIFIED),
            router("DrayTek", TITLE, "draytek|vigor", UNVERIFIED),
            router("provider's router", TITLE, "speedport|livebox|bbox|easybox|keenetic|linksys|zyxel", UNVERIFIED),
            router("miniupnpd", SERVER, "miniupnpd", "the daemon's own header, seen by this project"));

    private DeviceTraits() {}

    /** The camera's traits in a page, brands first. */
    static List<DeviceTrait> cameras(WebPage page) {
        return CAMERAS.stream().filter(trait -> trait.matches(page)).toList();
    }

    /** The router's traits in a page. */
    static List<DeviceTrait> routers(WebPage page) {
        return ROUTERS.stream().filter(trait -> trait.matches(page)).toList();
    }
}
