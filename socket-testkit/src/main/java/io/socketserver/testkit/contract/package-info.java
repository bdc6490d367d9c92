/**
 * What every transport promises, as contracts that authors run against their own transport.
 *
 * <pre>{@code
 * class TcpContractsTest {
 *     @TestFactory
 *     Stream<DynamicTest> keepsTheContracts() {
 *         return ContractTests.of(
 *                 StreamContracts.of(new TcpTransport(), () -> URI.create("tcp://127.0.0.1:0")).contracts());
 *     }
 * }
 * }</pre>
 *
 * <p>A {@link io.socketserver.testkit.contract.Contract} knows no test framework: it has a name and is run. {@link
 * io.socketserver.testkit.contract.ContractTests} makes tests of JUnit of them, for those who have JUnit.
 */
@NullMarked
package io.socketserver.testkit.contract;

import org.jspecify.annotations.NullMarked;
