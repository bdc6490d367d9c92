package io.socketserver.tcp;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.StreamContracts;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** TCP keeps the contracts of all transports of streams. */
class TcpContractsTest {

    @TestFactory
    Stream<DynamicTest> streams() {
        return ContractTests.of(StreamContracts.of(new TcpTransport(), () -> URI.create("tcp://127.0.0.1:0"))
                .resetBy(TcpContractsTest::resetting)
                .contracts());
    }

    private static Closeable resetting(Endpoint<Connection> server) throws IOException {
        SocketChannel channel = SocketChannel.open(server.address());
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        return channel;
    }
}
