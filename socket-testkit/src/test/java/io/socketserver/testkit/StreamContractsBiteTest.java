package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.testkit.contract.Contract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each contract of streams is there for a reason: a transport with one fault breaks it. */
class StreamContractsBiteTest {

    @TempDir
    private Path folder;

    @AfterEach
    void cleans() throws Exception {
        Leaks.clean();
    }

    @TestFactory
    Stream<DynamicTest> aFaultBreaksWhatItSays() {
        return Bite.tests(new StreamBites(folder).all());
    }

    @Test
    void noContractIsLeftOut() {
        StreamBites bites = new StreamBites(folder);
        Set<String> broken = new TreeSet<>();
        bites.all().forEach(bite -> broken.addAll(bite.broken()));
        assertThat(bites.contracts(new MutantStreams(), Duration.ofSeconds(1)))
                .extracting(Contract::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(broken);
    }
}
