package dev.porthole;

import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.InternalEndpoint;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A forwarder that only says it listens. */
final class RecordingForwarder implements Forwarder {
    final List<Request> requests = new ArrayList<>();
    final List<InternalEndpoint> listening = new ArrayList<>();
    final Set<Integer> taken = new HashSet<>();
    boolean closed;
    private int next = 40_000;

    @Override
    public Forwarding forward(Request request) throws BindException {
        int port = request.port() == 0 ? next++ : request.port();
        InternalEndpoint here = new InternalEndpoint(request.address(), port);
        if (taken.contains(port) || port < 1024 || listening.contains(here)) {
            throw new BindException("port " + port + " is taken");
        }
        requests.add(request);
        listening.add(here);
        return new Forwarding() {
            @Override
            public InternalEndpoint listening() {
                return here;
            }

            @Override
            public InternalEndpoint target() {
                return request.target();
            }

            @Override
            public boolean isOpen() {
                return listening.contains(here);
            }

            @Override
            public void close() {
                listening.remove(here);
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        listening.clear();
    }
}
