package dev.porthole.examples;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.SearchScope;
import java.util.List;

/** Finds nothing and asks nobody: {@code --providers manual} leaves the router to a person. */
final class NobodyAsked implements GatewayFinder {
    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.MANUAL;
    }

    @Override
    public Found find(SearchScope scope, Deadline deadline) {
        return new Found(
                List.of(),
                List.of(Finding.of(
                        FindingCode.NOT_MAPPED,
                        "No router was asked: by --providers manual the ports are to be forwarded by hand.",
                        "Follow the steps by hand.")));
    }
}
