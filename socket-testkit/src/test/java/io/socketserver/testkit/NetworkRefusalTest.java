package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections that never were, or were not accepted. */
class NetworkRefusalTest extends NetworkFixture {

    @Test
    void nothingHappensToAConnectionThatNeverWas() throws Exception {
        FaultPlan plan = FaultPlan.none()
                .resetAfter("client#2", Duration.ofHours(1))
                .endAt("client#2", Side.CLIENT, 0)
                .resetAfter("client#3", Duration.ofHours(1));
        try (Network network = Network.seeded(1, plan)) {
            Endpoint<Connection> endpoint =
                    network.bind("here", MemoryOptions.defaults().backlog(1));
            Connection first = network.connect("here");
            assertThatThrownBy(() -> network.connect("here")).hasMessageContaining("the backlog of here is full");
            endpoint.close();
            assertThatThrownBy(() -> network.connect("here")).hasMessageContaining("has stopped accepting");
            network.pass(Duration.ofHours(2));
            assertThat(first.isOpen()).isTrue();
            assertThat(network.transcript()).endsWith("client#3 connection refused: here has stopped accepting");
        }
    }

    @Test
    void whatIsClosedReceivesNoDatagrams() throws Exception {
        try (Network network = Network.seeded(1)) {
            Endpoint<Datagram> endpoint = network.bindDatagram("there");
            network.openDatagram("there").close();
            endpoint.close();
            assertThatThrownBy(() -> network.openDatagram("there"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("nobody receives datagrams at there");
        }
    }

    @Test
    void whetherOneIsAbortedDoesNotDependOnOthers() throws Exception {
        int aborted = 0;
        for (long seed = 0; seed < 20; seed++) {
            boolean alone = isLastAborted(seed, "bob");
            assertThat(isLastAborted(seed, "alice", "bob")).isEqualTo(alone);
            assertThat(isLastAborted(seed, "alice", "carol", "bob")).isEqualTo(alone);
            aborted += alone ? 1 : 0;
        }
        assertThat(aborted).isBetween(1, 19);
    }

    private static boolean isLastAborted(long seed, String... hosts) throws IOException {
        boolean aborted = false;
        try (Network network = Network.seeded(seed, FaultPlan.none().abort(0.5));
                Endpoint<Connection> endpoint = network.bind("here")) {
            for (String host : hosts) {
                network.connect(host, "here");
                aborted = !isAccepted(endpoint);
            }
        }
        return aborted;
    }

    private static boolean isAccepted(Endpoint<Connection> endpoint) {
        try {
            return endpoint.accept(Duration.ZERO) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
