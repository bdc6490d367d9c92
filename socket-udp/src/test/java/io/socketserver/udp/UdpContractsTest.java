package io.socketserver.udp;

import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.DatagramContracts;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** UDP keeps the contracts of all transports of datagrams. */
class UdpContractsTest {

    @TestFactory
    Stream<DynamicTest> datagrams() {
        return ContractTests.of(DatagramContracts.of(new UdpTransport(), () -> URI.create("udp://127.0.0.1:0"))
                .truncatingAt(100, () -> URI.create("udp://127.0.0.1:0?max-packet-size=100"))
                .contracts());
    }
}
