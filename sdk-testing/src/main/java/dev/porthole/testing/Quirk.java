package dev.porthole.testing;

import dev.porthole.testing.GatewayBehaviour.OnConflict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What real gateways do differently: named rows, each a rule or two of {@link GatewayBehaviour}. */
public enum Quirk {
    // Who may map what.
    /** miniupnpd 2.3.1 of Debian with secure_mode, as observed: 718 and 606 (see also miniupnp #359, #165). */
    SECURE_MODE(b -> b.secureMode(718, 606, 606)),
    /** miniupnpd with secure_mode, IGD 1 build: what belongs to others does not exist ({@code upnpsoap.c}). */
    SECURE_MODE_IGD1(b -> b.secureMode(718, 718, 714)),
    /** miniupnpd with secure_mode, IGD 2 build: 606 for everything ({@code upnpsoap.c}). */
    SECURE_MODE_IGD2(b -> b.secureMode(606, 606, 606)),
    /** FRITZ!Box before "allow this device to change security settings": nobody may map. */
    NOT_AUTHORIZED(b -> b.refuse(606, call -> true)),
    /** miniupnpd with "external ports from 1024 only": 606 below. */
    ONLY_HIGH_EXTERNAL_PORTS(b -> b.refusePort(606, call -> call.wanted().externalPort() < 1024)),
    /** miniupnpd with the rules of its sample configuration: internal ports from 1024 too. */
    ONLY_HIGH_PORTS(b -> b.refusePort(606, call -> call.wanted().externalPort() < 1024)
            .refusePort(606, call -> call.wanted().internalPort() < 1024)),
    /** Gateways that answer every addition with 501. */
    ACTION_FAILED(b -> b.refuse(501, call -> true)),
    /** Some gateways: an error code that no specification has. */
    UNDOCUMENTED_ERROR(b -> b.refuse(-911, call -> true)),

    // What may be asked for.
    /** Many IGD 1 routers: the lease must be 0. */
    ONLY_PERMANENT_LEASES(
            b -> b.refuse(725, call -> !call.wanted().lease().isZero()).grantLease(lease -> Duration.ZERO)),
    /** ARRIS NVG578LX: 402 for a lease above 0, without the code for it. */
    LEASE_IS_INVALID(b -> b.refuse(402, call -> !call.wanted().lease().isZero()).grantLease(lease -> Duration.ZERO)),
    /** Routers with a cap of a week: 402 for lease 0. */
    LEASE_ZERO_IS_INVALID(b -> b.refuse(402, call -> call.wanted().lease().isZero())),
    /** Some IGD 1 routers: external and internal port must be the same. */
    SAME_PORT_REQUIRED(b -> b.refusePort(
            724, call -> call.wanted().externalPort() != call.wanted().internalPort())),
    /** Many IGD 1 routers: no restriction to a remote host. */
    REMOTE_HOST_WILDCARD_ONLY(
            b -> b.refuse(726, call -> !call.wanted().remoteHost().isEmpty())),
    /** Some gateways: a remote host must be named. */
    REMOTE_HOST_REQUIRED(b -> b.refuse(715, call -> call.wanted().remoteHost().isEmpty())),

    // What becomes of it.
    /** Technicolor: every lease becomes a day. */
    FORCED_LEASE(b -> b.grantLease(lease -> Duration.ofDays(1))),
    /** Routers that grant an hour at most. */
    LEASE_OF_AN_HOUR_AT_MOST(b -> b.grantLease(QuirkParts::anHourAtMost)),
    /** Success for a mapping that is there already, and its lease goes on running out (miniupnp #131). */
    REFRESH_DOES_NOT_EXTEND(GatewayBehaviour::ignoreRefresh),
    /** Routers that know leases and take 0 for "for ever". */
    PERMANENT_LEASES(b -> b.grantLease(lease -> lease)),
    /** Linksys: 32 entries persist, then silent success; read back gives 714 (OPNsense #3746). */
    FORGETS_BEYOND_32(b -> b.forget(call -> call.table().size() >= 32 && !call.heldAlready())),
    /** A table of 32 that says so: 728. */
    TABLE_OF_32(b -> b.refuse(728, call -> call.table().size() >= 32 && !call.heldAlready())),
    /** A lying router: success, and nothing is stored. */
    STORES_NOTHING(b -> b.forget(call -> true)),
    /** Success, and the entry is there but disabled. */
    STORES_DISABLED(b -> b.store(entry -> entry.withEnabled(false))),
    /** Success, and another internal port is stored. */
    STORES_ANOTHER_INTERNAL_PORT(b -> b.store(entry -> entry.withInternalPort(entry.internalPort() + 1))),
    /** Success, and another external port is stored. */
    STORES_ANOTHER_EXTERNAL_PORT(b -> b.store(entry -> entry.withExternalPort(entry.externalPort() + 1))),
    /** Success, and the description is lost. */
    FORGETS_DESCRIPTION(b -> b.store(entry -> entry.withDescription(""))),
    /** Some web interfaces replace hyphens in descriptions by colons. */
    CHANGES_DESCRIPTION(
            b -> b.store(entry -> entry.withDescription(entry.description().replace('-', ':')))),
    /** Consumer routers: a new mapping silently takes the port of another client's. */
    REPLACES_CONFLICTS(b -> b.onConflict(OnConflict.REPLACE)),
    /** Success for a port that another client holds and goes on holding. */
    IGNORES_CONFLICTS(b -> b.onConflict(OnConflict.KEEP_OLD)),
    /** 501 instead of 718 for a port that another client holds. */
    CONFLICT_IS_501(b -> b.refuse(501, AddCall::heldByAnother)),
    /** 729 instead of 718 for a port that another client holds. */
    CONFLICT_IS_729(b -> b.refusePort(729, AddCall::heldByAnother)),
    /** 714 for deleting what is not there, as the specification has it; miniupnpd says 200. */
    DELETE_OF_ABSENT_IS_714(b -> b.refuseToDeleteAbsent(714)),

    // Listings.
    /** Some gateways end the list with 501. */
    LIST_ENDS_WITH_501(b -> b.endListWith(501)),
    /** Some gateways end the list with 714. */
    LIST_ENDS_WITH_714(b -> b.endListWith(714)),
    /** A list that never ends: the last entry is given again and again. */
    ENDLESS_LIST(GatewayBehaviour::endlessList),
    /** Placeholder entries (port 0, no client) between the real ones. */
    PLACEHOLDERS(b -> b.show(QuirkParts::withPlaceholders)),
    /** Host names where internal clients should be. */
    NAMES_INSTEAD_OF_ADDRESSES(b -> b.show(entries -> entries.stream()
            .map(entry ->
                    entry.withInternalClient("host-" + entry.internalClient().replace('.', '-')))
            .toList())),
    /** miniupnpd 2.3.1: a description of 64 characters is followed by bytes that are no UTF-8, and no XML. */
    GARBAGE_AFTER_LONG_DESCRIPTION(b -> b.show(QuirkParts::markLongDescriptions).dressReplies(QuirkParts::withGarbage)),
    /** Lower-case protocols in the listing. */
    LOWER_CASE_PROTOCOL(b -> b.show(entries -> entries.stream()
            .map(entry -> entry.withProtocol(entry.protocol().toLowerCase(Locale.ROOT)))
            .toList())),
    /** Remote hosts are shown in the listing; miniupnpd on nftables forgets them. */
    SHOWS_REMOTE_HOST(GatewayBehaviour::showRemoteHost),
    /** No GetSpecificPortMappingEntry. */
    NO_SPECIFIC_ENTRY(b -> b.without("GetSpecificPortMappingEntry")),
    /** No listing at all. */
    NO_LISTING(b -> b.without("GetGenericPortMappingEntry", "GetListOfPortMappings")),
    /** IGD 2 without AddAnyPortMapping. */
    NO_ADD_ANY(b -> b.without("AddAnyPortMapping")),

    // HTTP.
    /** BiPAC 7404VNOX: always chunked. */
    CHUNKED(b -> b.dressReplies(HttpReply::withChunks)),
    /** Bytes after the body that Content-Length does not count. */
    EXTRA_BYTES(b -> b.dressReplies(reply -> reply.withTrailing(new byte[] {'\r', '\n', 0, 0}))),
    /** No Content-Length: the end of the connection is the end of the body. */
    NO_CONTENT_LENGTH(b -> b.dressReplies(reply -> reply.withContentLength(Optional.empty()))),
    /** Content-Length counts one byte too few. */
    CONTENT_LENGTH_SHORT(b -> b.dressReplies(reply ->
            reply.withContentLength(Optional.of(Integer.toString(Math.max(0, reply.body().length - 1)))))),
    /** Content-Length counts bytes that never come. */
    CONTENT_LENGTH_LONG(b ->
            b.dressReplies(reply -> reply.withContentLength(Optional.of(Integer.toString(reply.body().length + 100))))),
    /** WRT120N: only {@code SOAPAction} in this spelling. */
    SOAPACTION_CASE(b -> b.object(QuirkParts.header("SOAPAction", name -> true))),
    /** Some gateways: the action must stand in quotes. */
    SOAPACTION_QUOTED(b ->
            b.object(QuirkParts.header("(?i)SOAPAction", value -> value.startsWith("\"") && value.endsWith("\"")))),
    /** Gateways with WANIP and WANPPP: 401 where service type and control URL do not belong together. */
    STRICT_CONTROL(GatewayBehaviour::strictControl),
    /** RomPager, with {@link GatewayOptions#keepAlive}: 405 for the second request of a connection. */
    ONE_REQUEST_PER_CONNECTION(b -> b.object(QuirkParts.oncePerConnection())),
    /** Some gateways: elements of a request need prefixes, a default namespace will not do. */
    PREFIXES_REQUIRED(b -> b.object(QuirkParts.body(body -> body.contains("<u:")))),
    /** Some gateways: no white space between the tags of a request. */
    COMPACT_XML(b -> b.object(QuirkParts.body(QuirkParts::compact))),
    /** Some gateways: the protocol must be in upper case. */
    UPPER_CASE_PROTOCOL(b -> b.object(QuirkParts.body(body -> !body.matches("(?s).*<NewProtocol>(tcp|udp)<.*")))),

    // Faults.
    /** HTTP 200 that carries a fault. */
    FAULT_WITH_STATUS_200(b -> b.dressFaults(reply -> reply.withStatus(200, "OK"))),
    /** MikroTik: capitals in {@code faultCode} and {@code faultString}. */
    FAULT_CAPITALS(b -> b.dressFaults(reply ->
            reply.withBody(reply.text().replace("faultcode>", "faultCode>").replace("faultstring>", "faultString>")))),
    /** DD-WRT: no namespaces. */
    NO_NAMESPACES(b -> b.dressReplies(QuirkParts::withoutNamespaces)),
    /** Archer C8: the fault ends in the middle. */
    FAULT_TRUNCATED(b -> b.dressFaults(
            reply -> reply.withBody(reply.text().replaceFirst("(?s)</errorCode>.*", "</errorCode><err")))),

    // Discovery.
    /** Lower-case header names in replies to searches. */
    SSDP_LOWER_CASE(b -> b.answerSearch(QuirkParts.text(QuirkParts::lowerCaseNames))),
    /** The search target's name also stands inside another header field, before it. */
    SSDP_ST_IN_ANOTHER_FIELD(b -> b.answerSearch(
            QuirkParts.text(text -> text.replaceFirst("\r\nST:", "\r\nX-Note: ST: upnp:rootdevice\r\nST:")))),
    /** Replies to searches come from another UDP port. */
    SSDP_FROM_OTHER_PORT(b -> b.answerSearch(
            replies -> replies.stream().map(SsdpReply::fromAnotherPort).toList())),
    /** Sagemcom F3890: a search for everything shows only a WFADevice. */
    SSDP_ALL_SHOWS_WFA_ONLY(b -> b.answerSearch(QuirkParts::wfaOnly)),
    /** LOCATION names another host. */
    LOCATION_ON_ANOTHER_HOST(b -> b.answerSearch(QuirkParts.location("http://192.0.2.1:80/rootDesc.xml"))),
    /** TP-Link: LOCATION is on {@code [::1]}. */
    LOCATION_ON_LOOPBACK_V6(b -> b.answerSearch(QuirkParts.location("http://[::1]:1900/rootDesc.xml"))),
    /** LOCATION is a file. */
    LOCATION_IS_A_FILE(b -> b.answerSearch(QuirkParts.location("file:///etc/hostname"))),
    /** Each search is answered twice. */
    SSDP_TWICE(b -> b.answerSearch(replies -> QuirkParts.joined(replies, replies))),
    /** Before each reply to a search comes one that is no SSDP. */
    SSDP_GARBAGE_FIRST(b -> b.answerSearch(
            replies -> QuirkParts.joined(List.of(new SsdpReply("\u0000\u0001 garbage", false)), replies))),
    /** No search is answered. */
    SSDP_SILENT(b -> b.answerSearch(replies -> List.of())),

    // Descriptions.
    /** Huawei HG531: only {@code dslforum-org} names. */
    DSLFORUM_NAMES(b -> b.describe(xml -> xml.replace("urn:schemas-upnp-org:", "urn:dslforum-org:"))),
    /** The WAN connection stands before WANCommonInterfaceConfig, which makes weupnp lose it. */
    COMMON_CONFIG_LAST(b -> b.describe(QuirkParts::commonConfigLast)),
    /** White space around every value of the description. */
    PADDED_DESCRIPTION(b -> b.describe(xml -> xml.replaceAll(">([^<>\\s][^<>]*)<", ">\n  $1\n<"))),
    /** A gateway without any WAN service. */
    NO_WAN_SERVICE(b -> b.describe(xml -> xml.replaceAll("WAN(IP|PPP)Connection:", "Nothing$1:")));

    private final Consumer<GatewayBehaviour> rules;

    Quirk(Consumer<GatewayBehaviour> rules) {
        this.rules = rules;
    }

    void addTo(GatewayBehaviour behaviour) {
        rules.accept(behaviour);
    }
}
