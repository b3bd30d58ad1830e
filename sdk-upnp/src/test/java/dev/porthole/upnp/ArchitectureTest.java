package dev.porthole.upnp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** weupnp's network calls are unsafe, and neither it nor HttpClient is part of what users see. */
@AnalyzeClasses(packages = "dev.porthole", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> CARRIERS = Set.of(
            "org.bitlet.weupnp.GatewayDevice",
            "org.bitlet.weupnp.PortMappingEntry",
            "org.bitlet.weupnp.GatewayDeviceHandler",
            "org.bitlet.weupnp.NameValueHandler");

    @ArchTest
    static final ArchRule ONE_PACKAGE_TOUCHES_WEUPNP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.porthole.upnp.internal.wire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bitlet..");

    @ArchTest
    static final ArchRule WEUPNP_IS_A_CARRIER_ONLY = noClasses()
            .should()
            .accessTargetWhere(new DescribedPredicate<>("calls more of weupnp than its values") {
                @Override
                public boolean test(JavaAccess<?> access) {
                    String owner = access.getTargetOwner().getName();
                    return owner.startsWith("org.bitlet") && !allowed(owner, access.getName());
                }
            });

    private static boolean allowed(String owner, String member) {
        return CARRIERS.contains(owner)
                && (member.equals("<init>")
                        || (member.matches("[gs]et[A-Z].*")
                                && !member.matches(
                                        "[gs]etHttpReadTimeout|getExternalIPAddress"
                                                + "|getSpecificPortMappingEntry|getGenericPortMappingEntry|getPortMappingNumberOfEntries")));
    }

    @ArchTest
    static final ArchRule NO_FOREIGN_TYPE_IN_WHAT_USERS_SEE = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.porthole.upnp")
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAnyPackage("org.bitlet..", "org.apache..", "..internal.."))
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(
                    resideInAnyPackage("org.bitlet..", "org.apache..", "..internal..")));

    @ArchTest
    static final ArchRule HTTP_CLIENT_STAYS_BEHIND_ITS_MODULE = noClasses()
            .that()
            .resideInAPackage("dev.porthole.upnp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule THE_JDKS_OWN_HTTP_AND_NAMES_ARE_NOT_USED = noClasses()
            .that()
            .resideInAnyPackage("dev.porthole.upnp..", "dev.porthole.http..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.URL")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection")
            .orShould()
            .callMethod(java.net.InetAddress.class, "getByName", String.class);

    @ArchTest
    static final ArchRule ONLY_THE_FINDER_IS_PUBLIC = classes()
            .that(resideInAPackage("dev.porthole.upnp"))
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .haveSimpleName("UpnpGatewayFinder");

    /** Asking a name service for an address costs seconds where none answers, and tells others what is done here. */
    @ArchTest
    static final ArchRule NO_NAME_OF_A_PEER_IS_LOOKED_UP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.porthole.testing")
            .should()
            .callMethod(java.net.InetAddress.class, "getHostName")
            .orShould()
            .callMethod(java.net.InetAddress.class, "getCanonicalHostName")
            .orShould()
            .callMethod(java.net.InetSocketAddress.class, "getHostName")
            .orShould()
            .callConstructor(java.net.InetSocketAddress.class, String.class, int.class);
}
