package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketserver.api.Datagram;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One to many. What is said "not" to arrive is shown by what was sent after it and arrives first. */
@Timeout(60)
class UdpMulticastTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final InetAddress group = address("239.255.77.77");
    private final NetworkInterface loopback = interfaces(NetworkInterface::isLoopback);

    @BeforeEach
    void needsMulticastOnLoopback() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            channel.join(group, loopback).drop();
            channel.send(ByteBuffer.allocate(1), new InetSocketAddress(group, 9));
        } catch (IOException e) {
            abort("this machine has no multicast on its loopback interface: " + e.getMessage());
        }
    }

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void whatIsSentToAGroupArrivesWhileItIsJoined() throws Exception {
        try (UdpEndpoint member = Udp.bind("0.0.0.0", 0);
                UdpEndpoint sender = sender()) {
            assertThat(receivesFrom(sender, member)).isFalse();
            Membership membership = member.join(group, loopback);
            assertThat(membership.group()).isEqualTo(group);
            assertThat(membership.networkInterface()).isEqualTo(loopback);
            assertThat(membership.source()).isEmpty();
            assertThat(receivesFrom(sender, member)).isTrue();
            membership.close();
            assertThat(membership.isOpen()).isFalse();
            assertThat(receivesFrom(sender, member)).isFalse();
            membership.close();
            try (Membership again = member.join(group, loopback)) {
                assertThat(again.isOpen()).isTrue();
                assertThat(receivesFrom(sender, member)).isTrue();
            }
        }
    }

    @Test
    void aSocketOfBothFamiliesJoinsIpv4sGroupsToo() throws Exception {
        Ipv6.assume();
        try (UdpEndpoint member = Udp.bind(0);
                UdpEndpoint sender = sender()) {
            try (Membership membership = member.join(group, loopback)) {
                assertThat(membership.isOpen()).isTrue();
                assertThat(receivesFrom(sender, member)).isTrue();
            }
            assertThat(receivesFrom(sender, member)).isFalse();
        }
    }

    @Test
    void ipv6sGroupsAreJoinedAlike() throws Exception {
        Ipv6.assume();
        NetworkInterface network = interfaces(candidate -> candidate.isUp()
                && candidate.supportsMulticast()
                && candidate.inetAddresses().anyMatch(Inet6Address.class::isInstance));
        assumeTrue(network != null, "this machine has no interface with multicast over IPv6");
        InetAddress six = address("ff15::7777");
        // No hop: it does not leave this machine.
        UdpOptions options = UdpOptions.defaults().multicastInterface(network).multicastTtl(0);
        try (UdpEndpoint member = Udp.bind(0);
                UdpEndpoint sender = Udp.bind("", 0, options);
                UdpEndpoint four = Udp.bind("127.0.0.1", 0)) {
            try (Membership membership = member.join(six, network)) {
                assertThat(membership.isOpen()).isTrue();
                int port = member.address().getPort();
                sender.send(Texts.buffer("to six"), new InetSocketAddress(six, port));
                assertThat(Texts.of(member.accept(Texts.PATIENCE))).isEqualTo("to six");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> four.join(six, network))
                    .withMessageStartingWith("cannot join ff15:0:0:0:0:0:0:7777 on " + network.getName() + ": ");
        }
    }

    @Test
    void onlyTheSourceThatIsNamedIsHeard() throws Exception {
        try (UdpEndpoint member = Udp.bind("0.0.0.0", 0);
                UdpEndpoint sender = sender()) {
            try (Membership other = member.join(group, loopback, address("127.0.0.2"))) {
                assertThat(other.source()).isEqualTo(Optional.of(address("127.0.0.2")));
                assertThat(receivesFrom(sender, member)).isFalse();
                try (Membership right = member.join(group, loopback, address("127.0.0.1"))) {
                    assertThat(right)
                            .hasToString("membership of 239.255.77.77 on " + loopback.getName()
                                    + " for what 127.0.0.1 sends");
                    assertThat(receivesFrom(sender, member)).isTrue();
                }
                assertThatIllegalStateException().isThrownBy(() -> member.join(group, loopback));
            }
        }
    }

    @Test
    void membersShareAPortWithAddressReuse() throws Exception {
        UdpOptions shared = UdpOptions.defaults().reuseAddress(true);
        try (UdpEndpoint first = Udp.bind("0.0.0.0", 0, shared);
                UdpEndpoint second = Udp.bind("0.0.0.0", first.address().getPort(), shared);
                UdpEndpoint sender = sender()) {
            first.join(group, loopback);
            second.join(group, loopback);
            multicast(sender, first, "to all");
            assertThat(Texts.of(first.accept(Texts.PATIENCE))).isEqualTo("to all");
            assertThat(Texts.of(second.accept(Texts.PATIENCE))).isEqualTo("to all");
        }
    }

    @Test
    void withoutLoopbackThisMachineHearsNothing() throws Exception {
        // Another than the loopback interface, since what is sent by that comes back in any case.
        NetworkInterface network = interfaces(candidate -> candidate.isUp()
                && candidate.supportsMulticast()
                && candidate.inetAddresses().anyMatch(Inet4Address.class::isInstance));
        assumeTrue(network != null, "this machine has no interface with multicast over IPv4");
        // No hop: it does not leave this machine.
        UdpOptions options = UdpOptions.defaults().multicastInterface(network).multicastTtl(0);
        try (UdpEndpoint member = Udp.bind("0.0.0.0", 0);
                UdpEndpoint loud = Udp.bind("0.0.0.0", 0, options);
                UdpEndpoint silent = Udp.bind("0.0.0.0", 0, options.multicastLoopback(false))) {
            member.join(group, network);
            assertThat(receivesFrom(loud, member)).isTrue();
            assertThat(receivesFrom(silent, member)).isFalse();
        }
    }

    @Test
    void whatCannotBeJoinedIsNamed() throws Exception {
        UdpEndpoint endpoint = Udp.bind("0.0.0.0", 0);
        try (endpoint) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> endpoint.join(address("10.1.2.3"), loopback))
                    .withMessageStartingWith("cannot join 10.1.2.3 on " + loopback.getName() + ": ");
        }
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> endpoint.join(group, loopback));
    }

    @Test
    void aBroadcastNeedsTheOption() throws Exception {
        try (UdpEndpoint receiver = Udp.bind("0.0.0.0", 0);
                UdpEndpoint allowed =
                        Udp.bind("127.0.0.1", 0, UdpOptions.defaults().broadcast(true));
                UdpEndpoint other = Udp.bind("127.0.0.1", 0)) {
            InetSocketAddress everybody =
                    new InetSocketAddress("127.255.255.255", receiver.address().getPort());
            allowed.send(Texts.buffer("to all"), everybody);
            Datagram received = receiver.accept(Texts.PATIENCE);
            assertThat(Texts.of(received)).isEqualTo("to all");
            assertThat(received.remoteAddress()).isEqualTo(allowed.address());
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> other.send(Texts.buffer("to all"), everybody))
                    .withMessageStartingWith(
                            "cannot send 6 bytes to udp://127.255.255.255:" + everybody.getPort() + ": ")
                    .withMessageEndingWith("needs the option broadcast)");
        }
    }

    private UdpEndpoint sender() throws IOException {
        return Udp.bind("127.0.0.1", 0, UdpOptions.defaults().multicastInterface(loopback));
    }

    private boolean receivesFrom(UdpEndpoint sender, UdpEndpoint member) throws IOException {
        multicast(sender, member, "to the group");
        sender.send(
                Texts.buffer("to you"),
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), member.address().getPort()));
        boolean first = Texts.of(member.accept(Texts.PATIENCE)).equals("to the group");
        if (first) {
            assertThat(Texts.of(member.accept(Texts.PATIENCE))).isEqualTo("to you");
        }
        return first;
    }

    private void multicast(UdpEndpoint sender, UdpEndpoint member, String text) throws IOException {
        sender.send(
                Texts.buffer(text),
                new InetSocketAddress(group, member.address().getPort()));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static NetworkInterface interfaces(Condition condition) {
        try {
            for (NetworkInterface candidate :
                    NetworkInterface.networkInterfaces().toArray(NetworkInterface[]::new)) {
                if (condition.holds(candidate)) {
                    return candidate;
                }
            }
            return null;
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds(NetworkInterface candidate) throws SocketException;
    }
}
