package dev.porthole.bench.plan;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import dev.porthole.plan.PortPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What a gateway with many cameras looks like to the planner: 64 cameras with three services each, 1,000 mappings. */
public enum Scene {
    /** New cameras, and foreign mappings all over the range from which ports are chosen. */
    FRESH {
        @Override
        PlanRequest request(long seed) {
            return request(items(PortPolicy.auto()), foreign(PortPolicy.DEFAULT_RANGE, MAPPINGS, seed));
        }
    },
    /** Every camera has its mappings already, among foreign ones: the usual case after a restart. */
    KEPT {
        @Override
        PlanRequest request(long seed) {
            List<PlanItem> items = items(PortPolicy.auto());
            List<PortMapping> mappings =
                    new ArrayList<>(foreign(PortPolicy.DEFAULT_RANGE, MAPPINGS - items.size(), seed));
            PortPlan plan = new PortPlanner().plan(request(items, mappings));
            plan.assignments().forEach(assignment -> mappings.add(made(assignment)));
            return request(items, mappings);
        }
    },
    /** A range in which exactly the ports needed are free. */
    NEARLY_FULL {
        @Override
        PlanRequest request(long seed) {
            PortRange range = new PortRange(20_000, 20_000 + MAPPINGS + CAMERAS * SERVICES.size() - 1);
            return request(items(PortPolicy.auto(range)), foreign(range, MAPPINGS, seed));
        }
    };

    /** Cameras behind one gateway. */
    static final int CAMERAS = 64;
    /** The internal ports of a camera: web page, secure web page, RTSP. */
    static final List<Integer> SERVICES = List.of(80, 443, 554);

    private static final int MAPPINGS = 1_000;

    /**
     * A request of this kind.
     *
     * @param seed another seed gives other foreign mappings
     * @return the request
     */
    abstract PlanRequest request(long seed);

    static List<PlanItem> items(PortPolicy policy) {
        List<PlanItem> items = new ArrayList<>(CAMERAS * SERVICES.size());
        for (int camera = 0; camera < CAMERAS; camera++) {
            for (int port : SERVICES) {
                String tag = MappingTag.of("camera-" + camera, "tcp" + port);
                InternalEndpoint internal = new InternalEndpoint(address(camera), port);
                items.add(new PlanItem(tag, TransportProtocol.TCP, internal, policy));
            }
        }
        return items;
    }

    static PlanRequest request(List<PlanItem> items, List<PortMapping> mappings) {
        return new PlanRequest(items, mappings, Set.of(), List.of(), Set.of(), true);
    }

    /** Foreign mappings on different ports of a range. */
    static List<PortMapping> foreign(PortRange range, int count, long seed) {
        int[] ports = new Random(seed)
                .ints(range.first(), range.last() + 1)
                .distinct()
                .limit(count)
                .toArray();
        List<PortMapping> mappings = new ArrayList<>(count);
        for (int port : ports) {
            mappings.add(mapping(port, "192.168.69.66", port, "game console " + port));
        }
        return mappings;
    }

    private static PortMapping made(Assignment assignment) {
        InternalEndpoint internal = assignment.item().internal();
        return mapping(
                assignment.externalPort(),
                internal.address().getHostAddress(),
                internal.port(),
                assignment.item().tag());
    }

    private static PortMapping mapping(int external, String client, int internal, String description) {
        return new PortMapping(
                TransportProtocol.TCP,
                PortRange.of(external),
                client,
                internal,
                "",
                description,
                Optional.of(Duration.ofDays(1)),
                true);
    }

    private static InetAddress address(int camera) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, (byte) 168, 69, (byte) (100 + camera)});
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }
}
