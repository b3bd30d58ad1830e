package dev.porthole.bench.plan;

import dev.porthole.mapping.PortRange;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import dev.porthole.plan.PortPolicy;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Plans 64 cameras behind each of 10,000 gateways in one run, and fails where the memory in use grows.
 *
 * <p>Every gateway has 1,000 mappings of its own. To be run with a small heap, such as {@code -Xmx64m}.
 */
public final class FleetPlan {
    private static final int GATEWAYS = 10_000;
    private static final int MAPPINGS = 1_000;
    private static final int REPORTS = 10;
    /** Less than one gateway's request takes: anything that was kept per gateway shows. */
    private static final long GROWTH_ALLOWED = 1 << 20;

    private FleetPlan() {}

    /**
     * Runs.
     *
     * @param args the number of gateways, 10,000 unless given
     */
    public static void main(String[] args) {
        int gateways = args.length == 0 ? GATEWAYS : Integer.parseInt(args[0]);
        PortPlanner planner = new PortPlanner();
        List<PlanItem> items = Scene.items(PortPolicy.auto());
        System.out.printf(
                Locale.ROOT,
                "| gateways | planning, ms | per gateway, µs | heap after GC, KiB |%n|---:|---:|---:|---:|%n");
        long planning = 0;
        long first = 0;
        long highest = 0;
        for (int gateway = 1; gateway <= gateways; gateway++) {
            PlanRequest request = Scene.request(items, Scene.foreign(PortPolicy.DEFAULT_RANGE, MAPPINGS, gateway));
            long start = System.nanoTime();
            PortPlan plan = planner.plan(request);
            planning += System.nanoTime() - start;
            check(plan, items.size());
            if (gateway % Math.max(1, gateways / REPORTS) == 0) {
                long heap = heapAfterCollection();
                first = first == 0 ? heap : first;
                highest = Math.max(highest, heap);
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %,d | %,d | %,d |%n",
                        gateway,
                        planning / 1_000_000,
                        planning / 1_000 / gateway,
                        heap / 1024);
            }
        }
        long most = Runtime.getRuntime().maxMemory() / (1 << 20);
        long growth = highest - first;
        System.out.printf(
                Locale.ROOT,
                "%nLargest heap allowed: %d MiB. Growth after the first tenth: %,d KiB.%n",
                most,
                growth / 1024);
        if (growth > GROWTH_ALLOWED) {
            System.err.println("Memory in use grows with the number of gateways.");
            System.exit(1);
        }
    }

    private static void check(PortPlan plan, int services) {
        BitSet ports = new BitSet(PortRange.MAX_PORT + 1);
        for (Assignment assignment : plan.assignments()) {
            ports.set(assignment.externalPort());
        }
        if (!plan.complete() || ports.cardinality() != services) {
            throw new IllegalStateException(plan.toString());
        }
    }

    /** Twice, because what the first collection leaves to be cleared is gone after the second. */
    private static long heapAfterCollection() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
