package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The Javadoc of all published modules is one, in checks/target/apidocs, without a warning, and with a first page of its own;
 * and it says of everything that users see more than its name.
 */
class JavadocTest {

    private static final List<String> OPTIONS = List.of(
            "-quiet",
            "-Xdoclint:all",
            "-Werror",
            "-notimestamp",
            "-windowtitle",
            "socketserver",
            "-doctitle",
            "socketserver for Java",
            "-bottom",
            "Licensed under the Apache License, Version 2.0.",
            "-tag",
            "apiNote:a:API Note:",
            "-tag",
            "implSpec:a:Implementation Requirements:",
            "-tag",
            "implNote:a:Implementation Note:");

    @Test
    void saysMoreThanNames() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources = new ArrayList<>();
        for (String folder : Product.PUBLISHED) {
            sources.addAll(exported(folder));
        }
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Documented documented = new Documented(DocTrees.instance(task));
            documented.scan(task.parse(), null);
            assertThat(documented.gaps()).isEmpty();
            assertThat(documented.seen()).isGreaterThan(400);
        }
    }

    /** The source files of a module's packages that everybody sees. */
    private static List<Path> exported(String folder) throws IOException {
        Path sources = Product.checks().resolveSibling(folder).resolve("src/main/java");
        List<Path> files = new ArrayList<>();
        ModuleDescriptor module =
                ModuleFinder.of(Product.jar(folder)).findAll().iterator().next().descriptor();
        for (ModuleDescriptor.Exports exports : module.exports()) {
            if (!exports.isQualified()) {
                try (var found = Files.newDirectoryStream(
                        sources.resolve(exports.source().replace('.', '/')), "*.java")) {
                    found.forEach(files::add);
                }
            }
        }
        return files;
    }

    @Test
    void isOne() throws IOException {
        Path pages = Product.target("checks").resolve("apidocs");
        List<String> arguments = new ArrayList<>(OPTIONS);
        List<String> modules = new ArrayList<>();
        for (String folder : Product.PUBLISHED) {
            String module = "io.socketserver." + folder.substring(folder.indexOf('-') + 1);
            modules.add(module);
            arguments.add("--module-source-path");
            arguments.add(module + '=' + Product.checks().resolveSibling(folder).resolve("src/main/java"));
        }
        arguments.addAll(List.of(
                "-overview",
                Product.checks().resolve("src/build/overview.html").toString(),
                "--module-path",
                Product.libraries(),
                "--module",
                String.join(",", modules),
                "-d",
                pages.toString()));
        Product.tool("javadoc", arguments);
        assertThat(pages.resolve("index.html")).content().contains("Socket servers by composition");
        for (String module : modules) {
            assertThat(pages.resolve(module).resolve("module-summary.html")).isNotEmptyFile();
        }
    }
}
