package dev.porthole.verify.internal.onvif;

import dev.porthole.http.internal.auth.UsernameToken;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The few requests that lead to a stream's URL (ONVIF Core and Media Service Specifications). */
final class OnvifRequest {
    private static final String SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-";
    private static final String PASSWORD_DIGEST =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";

    private OnvifRequest() {}

    static String systemDateAndTime() {
        return "<GetSystemDateAndTime xmlns=\"http://www.onvif.org/ver10/device/wsdl\"/>";
    }

    static String mediaCapabilities() {
        return "<GetCapabilities xmlns=\"http://www.onvif.org/ver10/device/wsdl\"><Category>Media</Category>"
                + "</GetCapabilities>";
    }

    static String profiles() {
        return "<GetProfiles xmlns=\"http://www.onvif.org/ver10/media/wsdl\"/>";
    }

    static String streamUri(String profile) {
        return "<GetStreamUri xmlns=\"http://www.onvif.org/ver10/media/wsdl\"><StreamSetup>"
                + "<Stream xmlns=\"http://www.onvif.org/ver10/schema\">RTP-Unicast</Stream>"
                + "<Transport xmlns=\"http://www.onvif.org/ver10/schema\"><Protocol>RTSP</Protocol></Transport>"
                + "</StreamSetup><ProfileToken>" + escaped(profile) + "</ProfileToken></GetStreamUri>";
    }

    /** The envelope around a request. */
    static byte[] envelope(String request, Optional<UsernameToken> login) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
                        + login.map(OnvifRequest::header).orElse("") + "<s:Body>" + request
                        + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String header(UsernameToken token) {
        return "<s:Header><Security s:mustUnderstand=\"1\" xmlns=\"" + SECURITY + "secext-1.0.xsd\"><UsernameToken>"
                + "<Username>" + escaped(token.user()) + "</Username><Password Type=\"" + PASSWORD_DIGEST + "\">"
                + token.digest() + "</Password><Nonce EncodingType=\""
                + "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary\">"
                + token.nonce() + "</Nonce><Created xmlns=\"" + SECURITY + "utility-1.0.xsd\">" + token.created()
                + "</Created></UsernameToken></Security></s:Header>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
