package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images hold our modules and little else. */
class ImageSizeTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final List<String> JUNIXSOCKET =
            List.of("org.newsclub.net.unix", "com.kohlschutter.junixsocket.nativecommon");

    @TempDir
    private static Path folder;

    private static long bare;

    @BeforeAll
    static void linkBareImage() throws IOException {
        bare = link("bare", "", List.of("java.base"));
    }

    @Test
    void timeServerAddsAtMostOneMebibyteToABareImage() throws IOException {
        assertThat(added("time-server", size(Product.image("time-server")))).isBetween(0L, MEBIBYTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "unix"})
    void eachTransportAddsAtMostOneMebibyteToABareImage(String transport) throws IOException {
        String jars = Product.jar("socket-api") + File.pathSeparator + Product.jar("socket-" + transport);
        List<String> modules = List.of("io.socketserver.api", "io.socketserver." + transport);
        assertThat(added(transport, link(transport, jars, modules))).isBetween(0L, MEBIBYTE);
    }

    @Test
    void unixDatagramsAddAtMostOneAndAHalfMebibytes() throws IOException {
        String jars = Stream.concat(
                        Stream.of(Product.jar("socket-api"), Product.jar("socket-unix"))
                                .map(Path::toString),
                        Product.junixsocket().stream())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> modules = new ArrayList<>(List.of("io.socketserver.api", "io.socketserver.unix"));
        modules.addAll(JUNIXSOCKET);
        assertThat(added("unixgram", link("unixgram", jars, modules))).isBetween(0L, MEBIBYTE * 3 / 2);
    }

    @Test
    void samplesImageHoldsExactlyTheModulesItNeeds() throws IOException, InterruptedException {
        String java = Product.image("samples").resolve("bin/java").toString();
        String modules = Product.run(List.of(java, "--list-modules"))
                .lines()
                .map(line -> line.replaceFirst("@.*", "") + "\n")
                .collect(Collectors.joining());
        Golden.check("samples-image", modules);
    }

    /** Links an image with the flags that the build links its own with, and returns its size. */
    private static long link(String name, String modulePath, List<String> modules) throws IOException {
        Path image = folder.resolve(name);
        List<String> arguments = new ArrayList<>(
                List.of(System.getProperty("checks.jlink.flags").strip().split("\\s+")));
        if (!modulePath.isEmpty()) {
            arguments.addAll(List.of("--module-path", modulePath));
        }
        arguments.addAll(List.of("--add-modules", String.join(",", modules), "--output", image.toString()));
        Product.tool("jlink", arguments);
        return size(image);
    }

    private static long added(String name, long size) {
        System.out.printf("Image with %s: %d bytes more than the %d of java.base alone%n", name, size - bare, bare);
        return size - bare;
    }

    /** CDS archives are left out: they are a cache that the bare image does not have. */
    private static long size(Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jsa"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
