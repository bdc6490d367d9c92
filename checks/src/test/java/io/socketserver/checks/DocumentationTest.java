package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketserver.testkit.LeakCheck;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** All Java blocks of README.md and docs compile without a warning, by the rules of {@link JavaBlocks}, and run. */
class DocumentationTest {

    /** Run here, by {@link PythonServerTest} and {@link ShellBlocksTest}; a diagram is none of a program. */
    private static final Set<String> RUN = Set.of("java", "python", "sh", "mermaid");

    private static final List<String> TESTED = List.of("org.junit.jupiter.api", "io.socketserver.testkit");

    @TempDir
    private static Path folder;

    private static JavaBlocks blocks;
    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        Path sources = folder.resolve("sources");
        blocks = JavaBlocks.write(Page.all(), sources);
        javac(sources, folder.resolve("classes"));
        blocks.writeResources(folder.resolve("classes"));
        loader = new URLClassLoader(urls(folder.resolve("classes")), DocumentationTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    @Test
    void everyBlockIsRun() {
        // The script that follows the tutorial knows all of its blocks, or fails.
        assertThat(Page.all().stream()
                        .flatMap(page -> page.blocks().stream())
                        .filter(block -> !block.page().equals("tutorial")))
                .allSatisfy(block -> assertThat(RUN.contains(block.language())
                                || (block.language().equals("text")
                                        && block.file().isPresent()))
                        .as("%s, of the language '%s', is run", block, block.language())
                        .isTrue());
    }

    @TestFactory
    Stream<DynamicTest> runs() {
        return blocks.classes().entrySet().stream()
                .filter(entry -> !entry.getKey().continues())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey() + ": " + entry.getValue(), () -> run(entry.getKey(), entry.getValue())));
    }

    private static void run(Block block, String name) throws Exception {
        assumeTrue(block.runsHere(), () -> block + " is for a later Java: " + block.note());
        Class<?> type = Class.forName(name, true, loader);
        Optional<Method> main = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("main"))
                .findAny();
        LeakCheck leaks = LeakCheck.begin();
        boolean alone = block.file().isEmpty() || block.conversation().isPresent();
        if (main.isPresent() && alone) {
            Run run = Run.start(loader, () -> main(main.get()));
            if (block.conversation().isPresent()) {
                run.talk(block.conversation().get()[0], block.conversation().get()[1]);
            }
            run.await();
        } else if (hasTests(type)) {
            Run.start(loader, () -> test(type)).await();
        }
        leaks.assertNone();
    }

    private static void main(Method main) throws Exception {
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static boolean hasTests(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations()))
                .map(annotation -> annotation.annotationType().getSimpleName())
                .anyMatch(Set.of("Test", "TestFactory", "ParameterizedTest", "Property")::contains);
    }

    private static void test(Class<?> type) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(type))
                .configurationParameter(
                        "jqwik.database", folder.resolve("jqwik-database").toString())
                .configurationParameter("jqwik.reporting.onlyfailures", "true")
                .build();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        StringWriter failures = new StringWriter();
        summary.printFailuresTo(new PrintWriter(failures));
        assertThat(summary.getTotalFailureCount()).as(failures.toString()).isZero();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    private static void javac(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all,-exports,-requires-automatic,-try",
                "-Werror",
                "--release",
                "17",
                "--module-path",
                modulePath(),
                "--module-source-path",
                sources.toString(),
                "-d",
                classes.toString()));
        for (String module : blocks.modules()) {
            // As Maven does for the tests of a module.
            arguments.addAll(List.of("--add-reads", module + '=' + String.join(",", TESTED)));
        }
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        Product.tool("javac", arguments);
    }

    private static String modulePath() {
        return Product.PUBLISHED.stream()
                        .map(module -> Product.jar(module) + File.pathSeparator)
                        .collect(Collectors.joining())
                + Product.libraries();
    }

    private static URL[] urls(Path classes) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String module : blocks.modules()) {
            urls.add(classes.resolve(module).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
