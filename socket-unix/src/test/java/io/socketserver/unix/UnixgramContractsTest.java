package io.socketserver.unix;

import io.socketserver.testkit.contract.ContractTests;
import io.socketserver.testkit.contract.DatagramContracts;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Unix datagrams keep the contracts of all transports of datagrams, but for what their library cannot do. */
class UnixgramContractsTest {

    private final AtomicInteger count = new AtomicInteger();

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        // Opens the library's file for a moment.
        Junixsocket.require();
    }

    @TestFactory
    Stream<DynamicTest> datagrams() {
        return ContractTests.of(DatagramContracts.of(new UnixgramTransport(), this::address)
                .truncatingAt(100, () -> URI.create(address() + "?max-packet-size=100"))
                // The library takes one for a time-out, and the sender is lost in it: see GramSocket.
                .withoutRepliesToEmpty()
                .leavingNoFileIn(folder)
                .contracts());
    }

    private URI address() {
        return SocketPath.toUri(UnixgramTransport.SCHEME, folder.resolve("s" + count.incrementAndGet()));
    }
}
