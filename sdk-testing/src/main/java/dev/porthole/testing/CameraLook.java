package dev.porthole.testing;

import dev.porthole.CameraBrand;

/**
 * How a camera's web server presents itself before the login. General knowledge of the makers' products, for telling
 * cameras from routers; not captures.
 */
public enum CameraLook {
    /** A form on the first page. */
    MILESIGHT(CameraBrand.MILESIGHT, "Network Camera", "Milesight", "Milesight Network Camera", Start.FORM),
    /** A challenge on the first page. */
    AXIS(CameraBrand.AXIS, "AXIS", "Apache/2.4", "AXIS_ACCC8E00000#", Start.CHALLENGE),
    /** A redirection to the login page. */
    HIKVISION(CameraBrand.HIKVISION, "index", "App-webs/", "IP Camera(E000#)", Start.REDIRECT),
    /** A form on the first page and no Server field. */
    DAHUA(CameraBrand.DAHUA, "WEB SERVICE", "", "Login to 3K000000#", Start.FORM),
    /** A challenge on the first page. */
    HANWHA(CameraBrand.HANWHA, "WISENET", "Linux/2.x UPnP/1.0", "iPolis_00:09:18:00:00:0#", Start.CHALLENGE),
    /** A form on the first page. */
    GENERIC(CameraBrand.GENERIC, "IP Camera", "thttpd/2.25b", "IP Camera", Start.FORM);

    /** What the first page is. */
    enum Start {
        FORM,
        CHALLENGE,
        REDIRECT
    }

    private final CameraBrand brand;
    private final String title;
    private final String server;
    private final String realm;
    private final Start start;

    CameraLook(CameraBrand brand, String title, String server, String realm, Start start) {
        this.brand = brand;
        this.title = title;
        this.server = server;
        this.realm = realm;
        this.start = start;
    }

    /**
     * The maker.
     *
     * @return the brand, which also tells the path of the main stream
     */
    public CameraBrand brand() {
        return brand;
    }

    /**
     * The title of the first page.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * The Server field of every reply.
     *
     * @return the value, empty for none
     */
    public String server() {
        return server;
    }

    /**
     * The realm of the login of the first device, see {@link CameraOptions#serial}.
     *
     * @return the realm
     */
    public String realm() {
        return realm(1);
    }

    /** The realm of a device; the makers that put a serial number into it tell their devices apart by it. */
    String realm(int serial) {
        return realm.replace("#", Integer.toString(serial));
    }

    Start start() {
        return start;
    }
}
