package io.socketserver.unix;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.StreamContracts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Unix streams keep the contracts of all transports of streams. */
class UnixContractsTest {

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> streams() {
        AtomicInteger count = new AtomicInteger();
        return ContractTests.of(StreamContracts.of(
                        new UnixTransport(),
                        () -> SocketPath.toUri(UnixTransport.SCHEME, folder.resolve("s" + count.incrementAndGet())))
                .resetBy(UnixContractsTest::resetting)
                .leavingNoFileIn(folder)
                .contracts());
    }

    // What is left unread makes a close a reset.
    private static Closeable resetting(Endpoint<Connection> server) throws IOException {
        return SocketChannel.open(server.address());
    }
}
