package dev.porthole.testing;

import dev.porthole.mapping.IpLiteral;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a fake gateway serves over HTTP: descriptions, actions, and the web page where it has one. */
final class GatewayPages implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayPages.class);
    private static final String SCPD_PATH = "/WANIPCn.xml";
    private static final HttpReply NOT_FOUND = HttpReply.html(
            404,
            "Not Found",
            "<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD><BODY><H1>Not Found</H1>"
                    + "The requested URL was not found on this server.</BODY></HTML>\r\n");

    private final FakeGateway gateway;
    private final GatewayOptions options;

    GatewayPages(FakeGateway gateway) {
        this.gateway = gateway;
        this.options = gateway.chosen();
    }

    @Override
    public RecordedRequest understand(RecordedRequest request) {
        if (request.method().equals("POST")) {
            Optional<String> action = SoapArguments.action(request);
            if (action.isPresent()) {
                return request.understoodAs(action.get(), SoapArguments.read(request.body()));
            }
        }
        String target = request.target();
        String kind = target.equals(options.descriptionPath)
                ? RecordedRequest.DESCRIPTION
                : target.equals(SCPD_PATH) ? RecordedRequest.SCPD : RecordedRequest.PAGE;
        return request.understoodAs(kind, Map.of());
    }

    @Override
    public HttpReply answer(RecordedRequest request, boolean apply) {
        GatewayBehaviour behaviour = gateway.behaviour();
        Optional<HttpReply> objection = behaviour.objections.stream()
                .flatMap(rule -> rule.apply(request).stream())
                .findFirst();
        HttpReply reply = objection.orElseGet(() -> namedByAddress(request) ? right(request, apply) : NOT_FOUND);
        HttpReply dressed = reply.status() == 500 ? behaviour.fault.apply(reply) : reply;
        return behaviour.reply.apply(
                dressed.with("Server", GatewayDescription.SERVER).with("Ext", ""));
    }

    /** Against DNS rebinding, the daemon answers 404 where Host is a name. */
    private static boolean namedByAddress(RecordedRequest request) {
        return request.header("Host")
                .map(host -> host.startsWith("[") ? host.replaceFirst("].*", "]") : host.replaceFirst(":.*", ""))
                .map(host -> IpLiteral.parse(host).isPresent())
                .orElse(true);
    }

    private HttpReply right(RecordedRequest request, boolean apply) {
        return switch (request.kind()) {
            case RecordedRequest.DESCRIPTION -> HttpReply.xml(200, "OK", gateway.description());
            case RecordedRequest.SCPD ->
                HttpReply.xml(
                        200, "OK", ServiceDescription.xml(options.igdVersion, gateway.behaviour().missingActions));
            case RecordedRequest.PAGE -> page(request);
            default -> control(request, apply);
        };
    }

    private HttpReply page(RecordedRequest request) {
        if (!request.method().matches("GET|HEAD|POST")) {
            return HttpReply.html(501, "Not Implemented", "<HTML><H1>Not Implemented</H1></HTML>");
        }
        if (request.method().equals("POST")) {
            return HttpReply.html(400, "Bad Request", "<html><body>Bad request</body></html>");
        }
        if (options.pages.containsKey(request.target())) {
            return options.pages.get(request.target());
        }
        return options.page
                .filter(page -> request.target().equals("/"))
                .map(RouterPage::reply)
                .orElse(NOT_FOUND);
    }

    private HttpReply control(RecordedRequest request, boolean apply) {
        Optional<FakeWan> wan = gateway.wans().stream()
                .filter(each -> controlUrl(each).endsWith(request.target()))
                .findFirst();
        if (gateway.behaviour().strictControl) {
            if (wan.isEmpty()) {
                return NOT_FOUND;
            }
            if (!wan.get().serviceType().equals(SoapArguments.serviceType(request))) {
                return SoapReplies.fault(401);
            }
        }
        // The daemon does not even look at the URL, so an unknown one means the first connection.
        return act(wan.orElse(gateway.wan()), request, apply);
    }

    private String controlUrl(FakeWan wan) {
        URI documentBase = options.urlBase
                .map(url -> URI.create(url.replace("{base}", gateway.base())))
                .orElseGet(gateway::descriptionUrl);
        return documentBase
                .resolve(wan.controlUrl().replace("{base}", gateway.base()))
                .toString();
    }

    private HttpReply act(FakeWan wan, RecordedRequest request, boolean apply) {
        MappingTable table = apply ? wan.table() : wan.table().copy();
        try {
            // One action at a time, as in the real daemon.
            synchronized (wan) {
                return new SoapService(wan, table, gateway.behaviour(), request, gateway.uptimeSeconds())
                        .call(request.kind());
            }
        } catch (SoapService.Died e) {
            LOG.info("fake gateway: died of {}", e.getMessage());
            gateway.close();
            return HttpReply.html(500, "Internal Server Error", "");
        } finally {
            if (apply) {
                gateway.changed();
            }
        }
    }
}
