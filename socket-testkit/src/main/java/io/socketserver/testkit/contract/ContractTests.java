package io.socketserver.testkit.contract;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes tests of JUnit of contracts, for those who have JUnit: the rest of the package does without.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContracts() {
 *     return ContractTests.of(contracts);
 * }
 * }</pre>
 */
public final class ContractTests {

    private ContractTests() {}

    /**
     * Makes a test of each contract.
     *
     * @param contracts from {@link StreamContracts#contracts()} or {@link DatagramContracts#contracts()}
     * @return the tests, of the same names and in the same order
     */
    public static Stream<DynamicTest> of(List<Contract> contracts) {
        return contracts.stream().map(contract -> DynamicTest.dynamicTest(contract.name(), contract::run));
    }
}
