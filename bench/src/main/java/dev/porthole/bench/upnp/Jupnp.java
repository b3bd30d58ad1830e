package dev.porthole.bench.upnp;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jupnp.DefaultUpnpServiceConfiguration;
import org.jupnp.UpnpServiceImpl;
import org.jupnp.controlpoint.ActionCallback;
import org.jupnp.model.action.ActionInvocation;
import org.jupnp.model.message.header.UDADeviceTypeHeader;
import org.jupnp.model.meta.RemoteDevice;
import org.jupnp.model.meta.RemoteService;
import org.jupnp.model.types.UDADeviceType;
import org.jupnp.model.types.UDAServiceType;
import org.jupnp.registry.DefaultRegistryListener;
import org.jupnp.registry.Registry;

/**
 * jUPnP with the Jetty transport. Its stack keeps running between the runs, which is how it is meant to be used: only the
 * first discovery has to start it. Before each later one its registry is emptied.
 */
final class Jupnp implements Contestant {
    private static final int TIMEOUT_SECONDS = 20;

    private final BlockingQueue<RemoteService> found = new LinkedBlockingQueue<>();
    private @Nullable UpnpServiceImpl stack;
    private @Nullable RemoteService connection;

    @Override
    public void forget() {
        if (stack != null) {
            stack.getRegistry().removeAllRemoteDevices();
        }
        found.clear();
        connection = null;
    }

    @Override
    public void discover() throws Exception {
        stack().getControlPoint().search(new UDADeviceTypeHeader(new UDADeviceType("InternetGatewayDevice", 1)));
        connection = found.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        connection();
    }

    private UpnpServiceImpl stack() {
        if (stack == null) {
            stack = new UpnpServiceImpl(new DefaultUpnpServiceConfiguration());
            stack.startup();
            stack.getRegistry().addListener(new DefaultRegistryListener() {
                @Override
                public void remoteDeviceAdded(Registry registry, RemoteDevice device) {
                    RemoteService service = device.findService(new UDAServiceType("WANIPConnection", 1));
                    if (service != null) {
                        found.add(service);
                    }
                }
            });
        }
        return stack;
    }

    private RemoteService connection() {
        return Objects.requireNonNull(connection, "no gateway found");
    }

    @Override
    public String externalAddress() throws Exception {
        return output(call("GetExternalIPAddress"), "NewExternalIPAddress");
    }

    @Override
    public void add(Wish wish) throws Exception {
        call(
                "AddPortMapping",
                "NewRemoteHost",
                "",
                "NewExternalPort",
                wish.externalPort(),
                "NewProtocol",
                "TCP",
                "NewInternalPort",
                wish.internalPort(),
                "NewInternalClient",
                wish.internalClient(),
                "NewEnabled",
                1,
                "NewPortMappingDescription",
                Wish.DESCRIPTION,
                "NewLeaseDuration",
                Wish.LEASE);
    }

    @Override
    public void addAndReadBack(Wish wish) throws Exception {
        add(wish);
        ActionInvocation<RemoteService> entry = call(
                "GetSpecificPortMappingEntry",
                "NewRemoteHost",
                "",
                "NewExternalPort",
                wish.externalPort(),
                "NewProtocol",
                "TCP");
        String there = output(entry, "NewInternalClient") + ":" + output(entry, "NewInternalPort");
        if (!there.equals(wish.internalClient() + ":" + wish.internalPort())) {
            throw new IOException("external port " + wish.externalPort() + " leads to " + there);
        }
    }

    @Override
    public int list() throws Exception {
        int index = 0;
        while (attempt("GetGenericPortMappingEntry", "NewPortMappingIndex", index)
                        .getFailure()
                == null) {
            index++;
        }
        return index;
    }

    private ActionInvocation<RemoteService> call(String action, Object... arguments) throws IOException {
        ActionInvocation<RemoteService> invocation = attempt(action, arguments);
        if (invocation.getFailure() != null) {
            throw new IOException(action, invocation.getFailure());
        }
        return invocation;
    }

    /** Runs an action in this thread. Arguments are names and values in turn. */
    private ActionInvocation<RemoteService> attempt(String action, Object... arguments) {
        ActionInvocation<RemoteService> invocation =
                new ActionInvocation<>(connection().getAction(action));
        for (int i = 0; i < arguments.length; i += 2) {
            invocation.setInput((String) arguments[i], String.valueOf(arguments[i + 1]));
        }
        new ActionCallback.Default(invocation, stack().getControlPoint()).run();
        return invocation;
    }

    private static String output(ActionInvocation<RemoteService> invocation, String name) {
        return invocation.getOutput(name).toString();
    }

    @Override
    public void close() {
        if (stack != null) {
            stack.shutdown();
        }
    }
}
