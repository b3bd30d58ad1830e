package dev.porthole.bench.plan;

import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One plan for a gateway with 64 cameras, three services each, and 1,000 mappings. Each invocation is a whole plan. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlannerBench {
    private final PortPlanner planner = new PortPlanner();

    /** What the gateway looks like. */
    @Param
    public Scene scene = Scene.FRESH;

    private PlanRequest request = PlanRequest.of(List.of());

    /** Makes the request. */
    @Setup(Level.Trial)
    public void prepare() {
        request = scene.request(1);
        PortPlan plan = planner.plan(request);
        if (!plan.complete()) {
            throw new IllegalStateException(scene + ": " + plan.rejections());
        }
    }

    /**
     * Plans.
     *
     * @return the plan
     */
    @Benchmark
    public PortPlan plan() {
        return planner.plan(request);
    }

    /**
     * Plans, and copies and checks the request first, as a caller must who observes the gateway anew each time.
     *
     * @return the plan
     */
    @Benchmark
    public PortPlan requestAndPlan() {
        return planner.plan(new PlanRequest(
                request.items(),
                request.mappings(),
                request.reserved(),
                request.held(),
                request.avoid(),
                request.translation()));
    }
}
