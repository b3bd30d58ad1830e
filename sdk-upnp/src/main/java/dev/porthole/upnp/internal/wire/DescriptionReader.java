package dev.porthole.upnp.internal.wire;

import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.upnp.internal.wire.DeviceDescription.WanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bitlet.weupnp.GatewayDevice;
import org.bitlet.weupnp.GatewayDeviceHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads device descriptions. weupnp's handler gathers the metadata; the services are gathered here, because it keeps only
 * one, and loses a WANIPConnection that stands before WANCommonInterfaceConfig.
 */
public final class DescriptionReader {
    /** Also the legacy names of {@code dslforum-org} (Huawei HG531). */
    private static final Pattern WAN_CONNECTION =
            Pattern.compile("urn:[A-Za-z0-9.-]{1,64}:service:(WANIPConnection|WANPPPConnection):[0-9]{1,2}");

    /** Real gateways have up to four. */
    private static final int MAX_SERVICES = 16;

    private static final int MAX_MODEL = 128;
    private static final int MAX_UDN = 128;
    private static final int MAX_URL = 2048;

    private DescriptionReader() {}

    /**
     * Reads a description. One that is cut is read where the root device's own element is whole, so that all services
     * are there.
     *
     * @param xml reads it
     * @param body the description
     * @return what it says; without services where it is not a gateway's
     * @throws MalformedDocumentException where it is not a description
     */
    public static DeviceDescription read(SafeXml xml, byte[] body) throws MalformedDocumentException {
        SafeXml.Read<Handler> read = xml.read(body, Handler::new);
        Handler handler = read.handler();
        if (!handler.rootDeviceEnded) {
            throw new MalformedDocumentException(read.problem().orElse("it describes no device"));
        }
        GatewayDevice device = handler.device;
        return new DeviceDescription(
                DeviceText.oneLine(handler.udn, MAX_UDN),
                model(device),
                url(Objects.requireNonNullElse(device.getURLBase(), "")),
                handler.services);
    }

    private static String model(GatewayDevice device) {
        String maker = line(device.getManufacturer());
        String name = line(device.getModelName());
        if (name.isEmpty()) {
            name = line(device.getFriendlyName());
        }
        boolean repeats = name.toLowerCase(java.util.Locale.ROOT).startsWith(maker.toLowerCase(java.util.Locale.ROOT));
        return DeviceText.oneLine(repeats ? name : maker + " " + name, MAX_MODEL);
    }

    private static String line(@Nullable String text) {
        return text == null ? "" : DeviceText.oneLine(text, MAX_MODEL);
    }

    private static String url(String text) {
        return text.length() > MAX_URL ? "" : text.strip();
    }

    /** Follows the nesting of devices and services. */
    private static final class Handler extends DefaultHandler implements SafeXml.Chain {
        private final GatewayDevice device = new GatewayDevice();
        private final List<WanService> services = new ArrayList<>();
        private int devices;
        private boolean rootDeviceEnded;
        private String udn = "";
        private String element = "";
        private boolean inService;
        private String type = "";
        private String control = "";
        private String scpd = "";

        @Override
        public DefaultHandler[] handlers() {
            return new DefaultHandler[] {new GatewayDeviceHandler(device), this};
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) {
            element = localName;
            if (localName.equals("device")) {
                devices++;
            } else if (localName.equals("service")) {
                inService = true;
                type = control = scpd = "";
            }
        }

        @Override
        public void characters(char[] ch, int start, int length) {
            String text = new String(ch, start, length);
            switch (element) {
                case "UDN" -> udn = devices == 1 && udn.isEmpty() ? text : udn;
                case "serviceType" -> type = text;
                case "controlURL" -> control = text;
                case "SCPDURL" -> scpd = text;
                default -> {
                    // Not needed.
                }
            }
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            element = "";
            if (localName.equals("service") && inService) {
                inService = false;
                add(new WanService(type, url(control), url(scpd)));
            } else if (localName.equals("device") && --devices == 0) {
                rootDeviceEnded = true;
            }
        }

        private void add(WanService service) {
            boolean usable = WAN_CONNECTION.matcher(service.type()).matches()
                    && !service.controlUrl().isEmpty();
            if (usable && services.size() < MAX_SERVICES && !services.contains(service)) {
                services.add(service);
            }
        }
    }
}
