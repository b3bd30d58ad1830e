package dev.porthole.examples.tasks;

import dev.porthole.GatewayReport;
import dev.porthole.Porthole;
import dev.porthole.mapping.PortMapping;

/** Shows what every gateway has mapped, and which of it is ours: {@code ListMappings}. */
public final class ListMappings {
    private ListMappings() {}

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) throws InterruptedException {
        try (Porthole porthole = Porthole.builder().build()) {
            run(porthole);
        }
    }

    static void run(Porthole porthole) throws InterruptedException {
        GatewayReport report = porthole.discover(true);
        for (GatewayReport.Entry entry : report.gateways()) {
            System.out.println(entry.gateway());
            for (PortMapping mapping : entry.mappings()) {
                System.out.println((mapping.ours() ? "  ours " : "  foreign ") + mapping.external() + "/"
                        + mapping.protocol() + " -> " + mapping.internalClient() + ":" + mapping.internalPort());
            }
        }
        report.findings().forEach(System.out::println);
    }
}
