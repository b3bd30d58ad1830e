/** How fast and how lean planning is. Entry types: {@link dev.porthole.bench.plan.PlannerBench}, {@link dev.porthole.bench.plan.FleetPlan}. */
@NullMarked
package dev.porthole.bench.plan;

import org.jspecify.annotations.NullMarked;
