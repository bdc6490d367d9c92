package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images hold our modules and little else. */
class ImageSizeTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void timeServerAddsAtMostOneMebibyteToABareImage(@TempDir Path folder) throws IOException {
        Path bare = folder.resolve("bare");
        // The flags that the build links its own images with.
        List<String> arguments = new ArrayList<>(
                List.of(System.getProperty("checks.jlink.flags").strip().split("\\s+")));
        arguments.addAll(List.of("--add-modules", "java.base", "--output", bare.toString()));
        Product.tool("jlink", arguments);

        long bareSize = size(bare);
        long imageSize = size(Product.image("time-server"));
        System.out.printf(
                "Image sizes without CDS archives: java.base alone %d bytes, time-server %d bytes, difference %d%n",
                bareSize, imageSize, imageSize - bareSize);
        assertThat(imageSize - bareSize).isBetween(0L, MEBIBYTE);
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
