package dev.porthole.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.porthole.relay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule the_relay_depends_on_a_few_values_of_the_core_and_slf4j = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.porthole.relay..",
                    "dev.porthole.mapping..",
                    "dev.porthole",
                    "java..",
                    "org.slf4j..",
                    "org.jspecify..");

    /** One thread serves all: whoever waits keeps everybody waiting. */
    @ArchTest
    static final ArchRule nothing_blocks = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.net.Socket.class, java.net.ServerSocket.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getByName", String.class);
}
