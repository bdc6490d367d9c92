package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.testkit.contract.Contract;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A transport with one fault, and the contracts that it breaks: these, and no others.
 *
 * @param fault what is wrong, as the name of a test
 * @param broken the names of the contracts that have to be red
 * @param contracts the contracts over the faulty transport, by the limit of each
 */
record Bite(String fault, Set<String> broken, Function<Duration, List<Contract>> contracts) {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofSeconds(20);

    static Bite of(String fault, Function<Duration, List<Contract>> contracts, String... broken) {
        return new Bite(fault, new TreeSet<>(Arrays.asList(broken)), contracts);
    }

    static Stream<DynamicTest> tests(List<Bite> bites) {
        return bites.stream().map(bite -> DynamicTest.dynamicTest(bite.fault, bite::check));
    }

    private void check() {
        assertThat(red()).as("contracts that are broken: " + fault).isEqualTo(broken);
    }

    private Set<String> red() {
        return contracts.apply(SHORT).stream()
                .filter(contract -> isRed(contract) && (broken.contains(contract.name()) || isStillRed(contract)))
                .map(Contract::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // What should not be red may have been slow only, on a machine that is busy.
    private boolean isStillRed(Contract slow) {
        return contracts.apply(LONG).stream()
                .filter(contract -> contract.name().equals(slow.name()))
                .anyMatch(Bite::isRed);
    }

    private static boolean isRed(Contract contract) {
        try {
            contract.run();
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
