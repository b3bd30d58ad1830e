package dev.porthole.pcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.porthole.pcp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_WIRE_FORMAT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.channels..", "java.time..", "dev.porthole.internal..")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NO_INTERNAL_TYPE_IN_WHAT_USERS_SEE = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.porthole.pcp")
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("..internal.."))
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("..internal..")));

    @ArchTest
    static final ArchRule NAMES_ARE_NEVER_RESOLVED = noClasses()
            .should()
            .callMethod(java.net.InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getCanonicalHostName")
            .orShould()
            .callMethod(java.net.InetAddress.class, "getHostName");
}
