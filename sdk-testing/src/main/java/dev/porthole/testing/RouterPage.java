package dev.porthole.testing;

/**
 * The web page of a router's own administration, by which a verifier must be able to tell a router from a camera.
 *
 * @param title the page's title
 * @param server the Server header field
 */
public record RouterPage(String title, String server) {
    /**
     * The login page of a router.
     *
     * @param brand the brand, which stands in the title
     * @return the page
     */
    public static RouterPage of(String brand) {
        return new RouterPage(brand + " - Login", "micro_httpd");
    }

    /**
     * The page as it is sent.
     *
     * @return status 200 with a form
     */
    public HttpReply reply() {
        return HttpReply.html(
                        200,
                        "OK",
                        "<!DOCTYPE html><html><head><title>" + SoapReplies.escape(title)
                                + "</title></head><body><h1>Router administration</h1>"
                                + "<form method=\"post\" action=\"/login.cgi\"><input name=\"username\">"
                                + "<input type=\"password\" name=\"password\"><button>Log in</button></form>"
                                + "</body></html>")
                .with("Server", server);
    }
}
