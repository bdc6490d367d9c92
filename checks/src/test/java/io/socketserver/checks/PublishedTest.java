package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published is complete, and tells its users nothing of how it was built. */
class PublishedTest {
    static final List<String> PUBLISHED = Product.PUBLISHED;

    static Stream<String> poms() {
        return Stream.concat(PUBLISHED.stream(), Stream.of("bom"));
    }

    @ParameterizedTest
    @MethodSource("poms")
    void pomSaysWhatARepositoryAsksFor(String module) throws Exception {
        for (String what : List.of(
                "name",
                "description",
                "url",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/url")) {
            assertThat(texts(module, "/project/" + what)).as(what).hasSize(1).allMatch(text -> !text.isBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("poms")
    void pomStandsByItself(String module) throws Exception {
        for (String what : List.of("parent", "build", "profiles", "properties", "modules")) {
            assertThat(texts(module, "/project/" + what)).as(what).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void itsUsersGetTheApiAndNothingElse(String module) throws Exception {
        assertThat(texts(
                        module,
                        "/project/dependencies/dependency[not(optional='true') and not(scope='provided')]/artifactId"))
                .isEqualTo(module.equals("socket-api") ? List.of() : List.of("socket-api"));
    }

    @Test
    void bomHasEveryPublishedModuleAndNothingElse() throws Exception {
        assertThat(texts("bom", "//dependency/artifactId")).containsExactlyInAnyOrderElementsOf(PUBLISHED);
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void sourcesAreAllThere(String module) throws IOException {
        Path sources = Product.checks().resolveSibling(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> sources.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(entries(module, "sources")).containsAll(names).contains("META-INF/LICENSE");
        }
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void everyExportedPackageHasItsPages(String module) throws IOException {
        Set<String> entries = entries(module, "javadoc");
        assertThat(entries).contains("index.html");
        Product.descriptor(module)
                .exports()
                .forEach(exports -> assertThat(entries)
                        .anyMatch(
                                entry -> entry.endsWith(exports.source().replace('.', '/') + "/package-summary.html")));
    }

    private static Set<String> entries(String module, String classifier) throws IOException {
        try (JarFile jar = new JarFile(Product.jar(module, "-" + classifier).toFile())) {
            return jar.stream().map(Object::toString).collect(Collectors.toSet());
        }
    }

    private static List<String> texts(String module, String path) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Product.target(module).resolve("published-pom.xml").toFile());
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> found.item(i).getTextContent())
                .toList();
    }
}
