package dev.porthole.routers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;

/** Drivers open no sockets and resolve no names; what users see names no library. */
@AnalyzeClasses(packages = "dev.porthole.routers", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_FOREIGN_TYPE_IN_WHAT_USERS_SEE = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.porthole.routers")
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAnyPackage("org.apache..", "com.fasterxml..", "org.jsoup..", "..internal.."))
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(
                    resideInAnyPackage("org.apache..", "com.fasterxml..", "org.jsoup..", "..internal..")));

    @ArchTest
    static final ArchRule ONLY_THE_TRANSPORT_REACHES_THE_NETWORK = noClasses()
            .that()
            .doNotHaveSimpleName("RouterTransport")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.porthole.http.internal.DeviceHttp")
            .orShould()
            .callConstructor(Socket.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(URL.class, HttpURLConnection.class)
            .orShould()
            .callMethod(InetAddress.class, "getByName", String.class);
}
