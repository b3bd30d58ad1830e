package dev.porthole.testing;

import java.util.Map;

/** SOAP replies and faults, byte for byte in the form of miniupnpd 2.3.1. */
final class SoapReplies {
    private static final String BEFORE = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>";
    private static final String AFTER = "</s:Body></s:Envelope>";

    /** Error codes with the words that miniupnpd has for them, else those of WANIPConnection:2. */
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(401, "Invalid Action"),
            Map.entry(402, "Invalid Args"),
            Map.entry(501, "ActionFailed"),
            Map.entry(606, "Action not authorized"),
            Map.entry(713, "SpecifiedArrayIndexInvalid"),
            Map.entry(714, "NoSuchEntryInArray"),
            Map.entry(715, "WildCardNotPermittedInSrcIP"),
            Map.entry(716, "Wildcard not permited in ExtPort"),
            Map.entry(718, "ConflictInMappingEntry"),
            Map.entry(724, "SamePortValuesRequired"),
            Map.entry(725, "OnlyPermanentLeasesSupported"),
            Map.entry(726, "RemoteHostOnlySupportsWildcard"),
            Map.entry(727, "ExternalPortOnlySupportsWildcard"),
            Map.entry(728, "NoPortMapsAvailable"),
            Map.entry(729, "ConflictWithOtherMechanisms"),
            Map.entry(730, "PortMappingNotFound"),
            Map.entry(731, "ReadOnly"),
            Map.entry(732, "WildCardNotPermittedInIntPort"),
            Map.entry(733, "InconsistentParameter"));

    private SoapReplies() {}

    /** Success without results. Only AddPortMapping has an empty element of one tag. */
    static HttpReply success(String action, String serviceType) {
        HttpReply reply = success(action, serviceType, "");
        return reply.withBody(reply.text().replace("></u:" + action + "Response>", "/>"));
    }

    /** Success. The result elements are given as XML. */
    static HttpReply success(String action, String serviceType, String results) {
        return HttpReply.xml(
                200,
                "OK",
                "<?xml version=\"1.0\"?>\r\n" + BEFORE + "<u:" + action + "Response xmlns:u=\"" + serviceType + "\">"
                        + results + "</u:" + action + "Response>" + AFTER + "\r\n");
    }

    static HttpReply fault(int code) {
        return HttpReply.xml(
                500,
                "Internal Server Error",
                BEFORE + "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring>"
                        + "<detail><UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>" + code
                        + "</errorCode><errorDescription>" + WORDS.getOrDefault(code, "Error")
                        + "</errorDescription></UPnPError></detail></s:Fault>" + AFTER);
    }

    /** One element with escaped text. */
    static String element(String name, Object value) {
        return "<" + name + ">" + escape(value.toString()) + "</" + name + ">";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
