package dev.porthole;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.porthole", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule core_depends_on_slf4j_alone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("dev.porthole..", "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_planner_does_no_io_and_reads_no_clock = noClasses()
            .that()
            .resideInAPackage("dev.porthole.plan")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.time..", "dev.porthole.internal..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule internal_types_are_in_no_public_signature = noClasses()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(Signatures.namePublicly("dev.porthole.internal"));

    @ArchTest
    static final ArchRule nothing_is_printed_and_no_thread_local_kept = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);
}
