package io.socketserver.testkit;

import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.DatagramContracts;
import io.socketserver.testkit.contract.StreamContracts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The memory transports keep the contracts of all transports. */
class MemoryContractsTest {

    @TestFactory
    Stream<DynamicTest> streams() {
        MemoryStreams memory = new MemoryStreams();
        return ContractTests.of(StreamContracts.of(memory, memory::address)
                .resetBy(memory::resetting)
                .contracts());
    }

    @TestFactory
    Stream<DynamicTest> datagrams() {
        MemoryDatagrams memory = new MemoryDatagrams();
        return ContractTests.of(DatagramContracts.of(memory, memory::address)
                .truncatingAt(MemoryDatagrams.LIMIT, memory::limited)
                .contracts());
    }
}
