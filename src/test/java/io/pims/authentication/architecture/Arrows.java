package io.pims.authentication.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Holds classes to the packages, named from a root on, that theirs may depend on. */
final class Arrows extends ArchCondition<JavaClass> {

    private final String root;
    private final Map<String, Set<String>> allowed;

    Arrows(String root, Map<String, Set<String>> allowed) {
        super("depend on other packages of " + root + " along the arrows only");
        this.root = root;
        this.allowed = allowed;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        String from = packageOf(origin);
        if (!allowed.containsKey(from)) {
            events.add(SimpleConditionEvent.violated(
                    origin, "Package '" + from + "' of " + origin.getName() + " is not in the picture"));
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isInside(target) && !isAllowed(from, packageOf(target))) {
                events.add(SimpleConditionEvent.violated(
                        origin, from + " -> " + packageOf(target) + ": " + dependency.getDescription()));
            }
        }
    }

    private boolean isAllowed(String from, String to) {
        return from.equals(to) || allowed.getOrDefault(from, Set.of()).contains(to);
    }

    private boolean isInside(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(root + ".");
    }

    private String packageOf(JavaClass type) {
        return type.getPackageName().equals(root) ? "" : type.getPackageName().substring(root.length() + 1);
    }
}
