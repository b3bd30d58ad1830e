package dev.porthole.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

@AnalyzeClasses(
        packages = {"dev.porthole.verify", "dev.porthole.http.internal.auth"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Visible to users, and naming a type that is not for them. */
    private static final ArchCondition<JavaClass> SHOW_WHAT_IS_INSIDE =
            new ArchCondition<>("name internal or HttpClient types in a public signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (JavaCodeUnit unit : type.getCodeUnits()) {
                        boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC)
                                || unit.getModifiers().contains(JavaModifier.PROTECTED);
                        boolean names = Stream.concat(
                                        unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                                .map(JavaClass::getPackageName)
                                .anyMatch(name -> name.contains(".internal") || name.startsWith("org.apache.hc"));
                        if (visible && names) {
                            events.add(SimpleConditionEvent.satisfied(unit, unit.getFullName()));
                        }
                    }
                }
            };

    @ArchTest
    static final ArchRule the_api_shows_nothing_internal = noClasses()
            .that()
            .arePublic()
            .and()
            .resideInAnyPackage("dev.porthole.verify", "dev.porthole.verify.agent")
            .should(SHOW_WHAT_IS_INSIDE);

    @ArchTest
    static final ArchRule http_goes_through_the_shared_client = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "java.net.http..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection");

    @ArchTest
    static final ArchRule parsers_know_no_sockets = noClasses()
            .that()
            .haveSimpleNameEndingWith("Parser")
            .or()
            .haveSimpleNameEndingWith("Reader")
            .or()
            .haveSimpleNameStartingWith("SessionDescription")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.channels..");

    @ArchTest
    static final ArchRule the_login_knows_no_protocol = noClasses()
            .that()
            .resideInAPackage("..internal.auth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.porthole.verify..", "dev.porthole.routers..", "java.net..");

    @ArchTest
    static final ArchRule nothing_is_printed_and_nothing_locked_by_monitor = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);

    /** Asking a name service for an address costs seconds where none answers, and tells others what is done here. */
    @ArchTest
    static final ArchRule no_name_of_a_peer_is_looked_up = noClasses()
            .should()
            .callMethod(java.net.InetAddress.class, "getHostName")
            .orShould()
            .callMethod(java.net.InetAddress.class, "getCanonicalHostName")
            .orShould()
            .callMethod(java.net.InetSocketAddress.class, "getHostName")
            .orShould()
            .callConstructor(java.net.InetSocketAddress.class, String.class, int.class);
}
