package dev.porthole.upnp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.upnp.internal.UpnpProvider.Service;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MementoTest {
    private static final String TYPE = "urn:schemas-upnp-org:service:WANIPConnection:1";
    private static final Gateway ROUTER = new Gateway(
            "uuid:1", MappingProtocol.UPNP, IpLiteral.parse("192.168.1.1").orElseThrow(), "Router");

    private static DeviceUrl url(String text) {
        return DeviceUrl.parse(text).orElseThrow();
    }

    @Test
    void what_is_written_is_read() {
        Service service = new Service(
                TYPE,
                url("http://192.168.1.1:5000/root desc.xml?a=b"),
                url("http://192.168.1.1:5001/ctl/IPConn"),
                Optional.empty(),
                true);
        assertThat(Memento.read(Memento.write(service), ROUTER)).hasValue(service);
        Service listed = new Service(
                TYPE, service.description(), service.control(), Optional.of(url("http://192.168.1.1/s.xml")), false);
        assertThat(Memento.read(Memento.write(listed), ROUTER)).hasValue(listed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "2 TYPE http://192.168.1.1/d http://192.168.1.1/c - -",
                "1 TYPE http://192.168.1.1/d http://192.168.1.1/c -",
                "1 TYPE http://192.168.1.1/d http://192.168.1.9/c - -",
                "1 TYPE http://192.168.1.9/d http://192.168.1.1/c - -",
                "1 TYPE http://192.168.1.1/d http://192.168.1.1/c http://192.168.1.9/s -",
                "1 TYPE http://192.168.1.1/d http://router.example.org/c - -",
                "1 TYPE http://192.168.1.1/d http://192.168.1.1@192.168.1.9/c - -",
                "1 TYPE http://192.168.1.1/d https://192.168.1.1/c - -",
                "1 TYPE file:///etc/passwd http://192.168.1.1/c - -",
                "1 urn:x:service:WANIPConnection:1#Action\"\r\nHost:x http://192.168.1.1/d http://192.168.1.1/c - -",
                "1 urn:schemas-upnp-org:service:Layer3Forwarding:1 http://192.168.1.1/d http://192.168.1.1/c - -"
            })
    void what_is_not_of_this_version_or_not_on_the_gateway_is_not_used(String memento) {
        assertThat(Memento.read(memento.replace("TYPE", TYPE), ROUTER)).isEmpty();
    }
}
