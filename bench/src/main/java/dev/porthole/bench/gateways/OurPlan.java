package dev.porthole.bench.gateways;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.PublicationPlan;
import java.io.IOException;

/** What the facade does before it maps: the first usable gateway of any protocol, its address, its mappings, a plan. */
final class OurPlan implements Deed {
    private final Camera camera = Camera.at(OurMapping.camera()).name("bench").build();

    @Override
    public void run() throws Exception {
        try (Porthole porthole = Porthole.builder().build()) {
            PublicationPlan plan = porthole.plan(camera);
            if (plan.gateway().isEmpty()) {
                throw new IOException("no gateway found: " + plan.findings());
            }
        }
    }
}
