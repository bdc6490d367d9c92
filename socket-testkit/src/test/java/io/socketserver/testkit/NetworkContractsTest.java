package io.socketserver.testkit;

import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.DatagramContracts;
import io.socketserver.testkit.contract.StreamContracts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A network on which nothing goes wrong keeps the contracts of all transports. */
class NetworkContractsTest {

    @TestFactory
    Stream<DynamicTest> streams() {
        // So much that it takes time to write without end to somebody who reads.
        Network network = Network.seeded(1, FaultPlan.none().bandwidth(10_000_000));
        NetworkStreams streams = new NetworkStreams(network);
        return ContractTests.of(StreamContracts.of(streams, streams::address)
                .resetBy(streams::resetting)
                .time(network.time())
                .contracts());
    }

    @TestFactory
    Stream<DynamicTest> datagrams() {
        Network network = Network.seeded(1);
        NetworkDatagrams datagrams = new NetworkDatagrams(network);
        return ContractTests.of(DatagramContracts.of(datagrams, datagrams::address)
                .time(network.time())
                .truncatingAt(NetworkDatagrams.LIMIT, datagrams::limited)
                .contracts());
    }
}
