package dev.porthole;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** An architecture condition on what a class shows to its users. */
final class Signatures {
    private Signatures() {}

    /** Satisfied where a public or protected method or constructor names a type of a package. */
    static ArchCondition<JavaClass> namePublicly(String packageName) {
        return new ArchCondition<>("name types of " + packageName + " in a public signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC)
                            || unit.getModifiers().contains(JavaModifier.PROTECTED);
                    boolean names = Stream.concat(
                                    unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                            .anyMatch(t -> t.getPackageName().startsWith(packageName));
                    if (visible && names) {
                        events.add(SimpleConditionEvent.satisfied(unit, unit.getFullName()));
                    }
                }
            }
        };
    }
}
