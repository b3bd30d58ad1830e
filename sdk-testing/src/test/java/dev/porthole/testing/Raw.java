package dev.porthole.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that hides nothing: bytes out, bytes in, until the other side closes. */
final class Raw {
    private static final int SECONDS_5 = 5_000;

    private Raw() {}

    static Socket connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(SECONDS_5);
        socket.connect(to, SECONDS_5);
        return socket;
    }

    static String exchange(InetSocketAddress to, String request) throws IOException {
        try (Socket socket = connect(to)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String get(InetSocketAddress from, String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return exchange(from, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + more + "\r\n");
    }

    /** A reply to a SOAP action. */
    record SoapReply(int status, String body) {
        String value(String element) {
            Matcher match = Pattern.compile("<" + element + ">([^<]*)<").matcher(body);
            return match.find() ? match.group(1) : "";
        }

        int error() {
            String code = value("errorCode");
            return code.isEmpty() ? 0 : Integer.parseInt(code);
        }
    }

    static String soapRequest(String path, String type, String action, Map<String, String> arguments) {
        StringBuilder body = new StringBuilder("<?xml version=\"1.0\"?><s:Envelope"
                + " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:" + action
                + " xmlns:u=\"" + type + "\">");
        arguments.forEach((name, value) -> body.append("<" + name + ">" + value + "</" + name + ">"));
        body.append("</u:" + action + "></s:Body></s:Envelope>");
        return "POST " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \""
                + type + "#" + action + "\"\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                + body;
    }

    static SoapReply soap(FakeGateway gateway, FakeWan wan, String action, Map<String, String> arguments)
            throws IOException {
        String request = soapRequest(wan.controlUrl(), wan.serviceType(), action, arguments);
        return parsed(exchange(gateway.httpAddress(), request));
    }

    static SoapReply parsed(String reply) {
        String[] parts = reply.split("\r\n\r\n", 2);
        return new SoapReply(Integer.parseInt(parts[0].split(" ")[1]), parts.length > 1 ? parts[1] : "");
    }

    static SoapReply soap(FakeGateway gateway, String action, String... namesAndValues) throws IOException {
        return soap(gateway, gateway.wan(), action, map(namesAndValues));
    }

    static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static Map<String, String> addArguments(int external, String client, int internal, long lease) {
        return map(
                "NewRemoteHost",
                "",
                "NewExternalPort",
                Integer.toString(external),
                "NewProtocol",
                "TCP",
                "NewInternalPort",
                Integer.toString(internal),
                "NewInternalClient",
                client,
                "NewEnabled",
                "1",
                "NewPortMappingDescription",
                "porthole:front-door:rtsp",
                "NewLeaseDuration",
                Long.toString(lease));
    }

    static SoapReply add(FakeGateway gateway, int external, String client, int internal, long lease)
            throws IOException {
        return soap(gateway, gateway.wan(), "AddPortMapping", addArguments(external, client, internal, lease));
    }

    static SoapReply specific(FakeGateway gateway, int external) throws IOException {
        return soap(
                gateway,
                "GetSpecificPortMappingEntry",
                "NewRemoteHost",
                "",
                "NewExternalPort",
                Integer.toString(external),
                "NewProtocol",
                "TCP");
    }

    static SoapReply delete(FakeGateway gateway, int external) throws IOException {
        return soap(
                gateway,
                "DeletePortMapping",
                "NewRemoteHost",
                "",
                "NewExternalPort",
                Integer.toString(external),
                "NewProtocol",
                "TCP");
    }

    static SoapReply generic(FakeGateway gateway, int index) throws IOException {
        return soap(gateway, "GetGenericPortMappingEntry", "NewPortMappingIndex", Integer.toString(index));
    }
}
