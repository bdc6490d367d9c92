package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.condition.OS;

/** Where a server listens: in memory, on a network of which the time is its own, or at a real socket. */
sealed interface Place {

    Endpoint<Connection> endpoint();

    Connection connect() throws IOException;

    /** How long to wait for a peer, in this place's own time. */
    Duration patience();

    static Place inMemory(TimeSource time) {
        return new Memory(
                MemoryEndpoint.bind(MemoryOptions.defaults().capacity(256).time(time)));
    }

    static Place on(Network network) throws IOException {
        return new Networked(
                network, network.bind("server", MemoryOptions.defaults().capacity(128)));
    }

    /** A socket knows real time only, so whoever hurries is told how patient he is in that. */
    static Place overTcp(Duration patience) throws IOException {
        return new Loopback(Tcp.bind(ownLoopback(), 0), patience);
    }

    /**
     * Where Linux has a whole network for loopback, an address of this process. Clients come when their server has ended
     * too, and its port may be another process's by then: nobody else's is at this address.
     */
    private static String ownLoopback() {
        long process = ProcessHandle.current().pid();
        return OS.LINUX.isCurrentOs()
                ? "127." + (1 + process % 199) + "." + process / 199 % 256 + "." + (1 + process / 199 / 256 % 254)
                : "127.0.0.1";
    }

    /** In memory. */
    record Memory(MemoryEndpoint endpoint) implements Place {

        @Override
        public Connection connect() throws IOException {
            return endpoint.connect();
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(1);
        }
    }

    /** On a network. */
    record Networked(Network network, Endpoint<Connection> endpoint) implements Place {

        @Override
        public Connection connect() throws IOException {
            return network.connect("server");
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(1);
        }
    }

    /** A socket of the system. */
    record Loopback(Endpoint<Connection> endpoint, Duration patience) implements Place {

        @Override
        public Connection connect() throws IOException {
            InetSocketAddress address = (InetSocketAddress) endpoint.address();
            return Tcp.connect(address.getAddress().getHostAddress(), address.getPort(), Duration.ofSeconds(10));
        }
    }
}
