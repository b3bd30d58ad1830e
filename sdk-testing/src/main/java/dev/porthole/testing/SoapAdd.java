package dev.porthole.testing;

import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortRange;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** AddPortMapping and AddAnyPortMapping, with the checks of miniupnpd 2.3.1 in its order. */
final class SoapAdd {
    /** miniupnpd keeps this much of a description. */
    private static final int MAX_DESCRIPTION = 64;

    private final FakeWan wan;
    private final MappingTable table;
    private final GatewayBehaviour behaviour;
    private final RecordedRequest request;
    private final Map<String, String> arguments;

    SoapAdd(FakeWan wan, MappingTable table, GatewayBehaviour behaviour, RecordedRequest request) {
        this.wan = wan;
        this.table = table;
        this.behaviour = behaviour;
        this.request = request;
        this.arguments = request.arguments();
    }

    HttpReply add() {
        OptionalInt error = invalid(GatewayBehaviour.SecureMode::add);
        if (error.isEmpty() && externalPort() == 0) {
            error = OptionalInt.of(716);
        }
        if (error.isEmpty()) {
            error = map(wanted(externalPort())).code;
        }
        return error.isPresent()
                ? SoapReplies.fault(error.getAsInt())
                : SoapReplies.success(request.kind(), SoapArguments.serviceType(request));
    }

    HttpReply addAny() {
        OptionalInt error = invalid(GatewayBehaviour.SecureMode::addAny);
        if (error.isPresent()) {
            return SoapReplies.fault(error.getAsInt());
        }
        int wish = externalPort() == 0 ? 1024 : externalPort();
        // The port asked for, then one more, one less, two more…
        for (int distance = 0; distance < PortRange.MAX_PORT; distance++) {
            for (int port : distance == 0 ? new int[] {wish} : new int[] {wish + distance, wish - distance}) {
                if (port < 1 || port > PortRange.MAX_PORT) {
                    continue;
                }
                Result result = map(wanted(port));
                if (result.code.isEmpty()) {
                    return SoapReplies.success(
                            request.kind(),
                            SoapArguments.serviceType(request),
                            SoapReplies.element("NewReservedPort", port));
                }
                if (!result.otherPortMayDo) {
                    return SoapReplies.fault(result.code.getAsInt());
                }
            }
        }
        return SoapReplies.fault(728);
    }

    /** What is wrong with the arguments, in the daemon's order. */
    private OptionalInt invalid(ToIntFunction<GatewayBehaviour.SecureMode> secureModeError) {
        Optional<String> client = client();
        if (client.isEmpty()) {
            return OptionalInt.of(
                    arguments.getOrDefault("NewInternalClient", "").isBlank() ? 501 : 402);
        }
        String asker = request.from().getAddress().getHostAddress();
        if (behaviour.secureMode.isPresent() && !client.get().equals(asker)) {
            return OptionalInt.of(secureModeError.applyAsInt(behaviour.secureMode.get()));
        }
        boolean missing = !arguments.containsKey("NewInternalPort")
                || !arguments.containsKey("NewExternalPort")
                || !arguments.containsKey("NewProtocol");
        return missing ? OptionalInt.of(402) : OptionalInt.empty();
    }

    private int externalPort() {
        return SoapService.port(arguments, "NewExternalPort").orElse(0);
    }

    /** The daemon resolves names; here only {@code localhost} has an address. */
    private Optional<String> client() {
        String text = arguments.getOrDefault("NewInternalClient", "").strip();
        return text.equals("localhost")
                ? Optional.of("127.0.0.1")
                : IpLiteral.parse(text).map(InetAddress::getHostAddress);
    }

    private TableEntry wanted(int externalPort) {
        String description = arguments.getOrDefault("NewPortMappingDescription", "");
        String remoteHost = arguments.getOrDefault("NewRemoteHost", "").strip();
        return new TableEntry(
                SoapService.protocol(arguments.getOrDefault("NewProtocol", "")),
                externalPort,
                client().orElse(""),
                SoapService.port(arguments, "NewInternalPort").orElse(0),
                remoteHost.equals("*") ? "" : remoteHost,
                description.substring(0, Math.min(MAX_DESCRIPTION, description.length())),
                Duration.ofSeconds(SoapService.number(arguments.getOrDefault("NewLeaseDuration", "0"))),
                true);
    }

    /** What came of an attempt: an error code, or none for success. */
    private record Result(OptionalInt code, boolean otherPortMayDo) {
        static final Result DONE = new Result(OptionalInt.empty(), false);

        static Result refused(int code, boolean otherPortMayDo) {
            return new Result(OptionalInt.of(code), otherPortMayDo);
        }
    }

    private Result map(TableEntry wanted) {
        AddCall call = new AddCall(wanted, request.from().getAddress(), table.entries());
        for (GatewayBehaviour.Refusal rule : behaviour.refusals) {
            if (rule.when().test(call)) {
                return Result.refused(rule.code(), rule.otherPortMayDo());
            }
        }
        if (wan.externalAddress().isEmpty()) {
            return Result.refused(501, false);
        }
        Optional<TableEntry> held = table.find(wanted.protocol(), wanted.externalPort());
        if (held.isPresent() && !mayReplace(held.get(), wanted)) {
            switch (behaviour.onConflict) {
                case REFUSE -> {
                    return Result.refused(718, true);
                }
                case KEEP_OLD -> {
                    return Result.DONE;
                }
                case REPLACE -> {}
            }
        }
        if (held.isPresent() && behaviour.refreshIgnored) {
            return Result.DONE;
        }
        if (behaviour.forgotten.stream().noneMatch(rule -> rule.test(call))) {
            table.put(behaviour.stored.apply(wanted.withLease(behaviour.lease.apply(wanted.lease()))));
        }
        return Result.DONE;
    }

    /** The same client may change its mapping; the daemon does not remember the remote host, so only a wildcard fits. */
    private static boolean mayReplace(TableEntry held, TableEntry wanted) {
        return held.internalClient().equals(wanted.internalClient())
                && wanted.remoteHost().isEmpty();
    }
}
