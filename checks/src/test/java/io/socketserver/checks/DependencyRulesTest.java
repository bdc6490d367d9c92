package io.socketserver.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may use what. */
class DependencyRulesTest {
    static final List<String> PUBLISHED = Product.PUBLISHED;

    /** Reading the clock and sleeping, which all go through one class so that tests can drive the time. */
    private static final Map<String, Set<String>> TIME = Map.of(
            "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
            "java.lang.Thread", Set.of("sleep"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.time.Instant", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

    /** What a module may use if its user adds it: the modules it requires statically, with their packages. */
    private static final Map<String, Map<String, String>> OPTIONAL = Map.of(
            "socket-testkit",
                    Map.of("org.junit.jupiter.api", "org.junit.jupiter.api", "net.jqwik.api", "net.jqwik.api"),
            "socket-unix", Map.of("jdk.net", "jdk.net", "org.newsclub.net.unix", "org.newsclub.net.unix"));

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void usesOnlyJavaBaseItselfAndTheApi(String module) {
        Set<String> allowed = exported(Object.class.getModule().getDescriptor());
        allowed.addAll(Product.descriptor(module).packages());
        allowed.addAll(Product.descriptor("socket-api").packages());
        allowed.add("org.jspecify.annotations");
        Collection<String> optional = OPTIONAL.getOrDefault(module, Map.of()).values();
        classes()
                .should()
                .onlyDependOnClassesThat(describe("are in java.base, the API or " + module, used -> {
                    String name = used.getBaseComponentType().getPackageName();
                    return used.getBaseComponentType().isPrimitive()
                            || allowed.contains(name)
                            || optional.stream().anyMatch(name::startsWith);
                }))
                .check(classesOf(List.of(module)));
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void requiresOnlyJavaBaseAndTheApi(String module) {
        assertThat(Product.descriptor(module).requires())
                .allMatch(required -> required.name().equals("java.base")
                        || required.name().equals("io.socketserver.api")
                        || (isStatic(required)
                                && (required.name().equals("org.jspecify")
                                        || OPTIONAL.getOrDefault(module, Map.of())
                                                .containsKey(required.name()))));
    }

    @Test
    void onlySamplesUsesPicocli() {
        List<String> others = new ArrayList<>(PUBLISHED);
        others.add("time-server");
        noClasses().should().dependOnClassesThat().resideInAPackage("picocli..").check(classesOf(others));
    }

    @Test
    void onlySystemTimeReadsTheClockOrSleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.socketserver.api.SystemTime")
                .should()
                .accessTargetWhere(describe("reads the clock or sleeps", DependencyRulesTest::usesTime))
                .check(classesOf(PUBLISHED));
    }

    @Test
    void noMethodIsSynchronized() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(classesOf(PUBLISHED));
    }

    private static boolean usesTime(JavaAccess<?> access) {
        return TIME.getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getTarget().getName());
    }

    private static boolean isStatic(Requires required) {
        return required.modifiers().contains(Requires.Modifier.STATIC);
    }

    private static Set<String> exported(ModuleDescriptor descriptor) {
        return descriptor.exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JavaClasses classesOf(Collection<String> modules) {
        return new ClassFileImporter()
                .importJars(modules.stream().map(DependencyRulesTest::jarFile).toList());
    }

    private static JarFile jarFile(String module) {
        try {
            return new JarFile(Product.jar(module).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
