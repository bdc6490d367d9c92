package io.socketserver.checks;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module requires, exports and opens changes only on purpose. */
class ModuleDescriptorTest {
    static Stream<String> modules() {
        return Stream.concat(Product.PUBLISHED.stream(), Stream.of("samples", "time-server"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void descriptorIsAsCheckedIn(String module) throws IOException {
        String path = Product.jar(module).toString();
        String described = Product.tool("jar", List.of("--file", path, "--describe-module"));
        // The first line goes on with the version and the jar's path.
        Golden.check(module, described.strip().replaceFirst("@.*", "").replace("\r", "") + "\n");
    }
}
