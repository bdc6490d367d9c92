package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.spi.StreamChannel;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    private static Connection from(Object peer) {
        return Connection.of((StreamChannel) Proxy.newProxyInstance(
                StreamChannel.class.getClassLoader(), new Class<?>[] {StreamChannel.class}, (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("peer");
                    return peer;
                }));
    }

    private static Connection from(String address, int port) throws Exception {
        return from(new InetSocketAddress(InetAddress.getByName(address), port));
    }

    @ParameterizedTest
    @CsvSource({
        "32, 128, 10.1.2.3, 10.1.2.3, true",
        "32, 128, 10.1.2.3, 10.1.2.2, false",
        "24, 128, 10.1.2.3, 10.1.2.200, true",
        "24, 128, 10.1.2.3, 10.1.3.3, false",
        "23, 128, 10.1.2.3, 10.1.3.3, true",
        "20, 128, 10.1.15.3, 10.1.16.3, false",
        "0, 128, 10.1.2.3, 192.168.0.1, true",
        "0, 128, 10.1.2.3, ::1, false",
        "32, 128, 2001:db8::1, 2001:db8::1, true",
        "32, 128, 2001:db8::1, 2001:db8::2, false",
        "32, 64, 2001:db8::1, 2001:db8::ffff:0:0:2, true",
        "32, 64, 2001:db8::1, 2001:db8:0:1::1, false",
        "32, 63, 2001:db8::1, 2001:db8:0:1::1, true",
        "32, 0, 2001:db8::1, ::1, true",
        "32, 128, 10.1.2.3, ::ffff:10.1.2.3, true",
    })
    void addressesOfOneNetworkAreOnePeer(int ipv4, int ipv6, String one, String other, boolean same) throws Exception {
        Peers peers = new Peers(Limits.none().maxPerPeer(1).peerPrefix(ipv4, ipv6));
        assertThat(peers.enter(from(one, 1))).isTrue();
        assertThat(peers.enter(from(other, 2))).isEqualTo(!same);
    }

    @Test
    void whatIsNoAddressIsComparedAsItIs() {
        Peers peers = new Peers(Limits.none().maxPerPeer(1));
        assertThat(peers.enter(from("alice"))).isTrue();
        assertThat(peers.enter(from("bob"))).isTrue();
        assertThat(peers.enter(from("alice"))).isFalse();
    }

    @Test
    void whoLeavesMakesRoomForOneAndWhoWasRefusedForNone() throws Exception {
        Peers peers = new Peers(Limits.none().maxPerPeer(2));
        Connection first = from("10.0.0.1", 1);
        Connection refused = from("10.0.0.1", 3);
        assertThat(peers.enter(first)).isTrue();
        assertThat(peers.enter(from("10.0.0.1", 2))).isTrue();
        assertThat(peers.enter(refused)).isFalse();
        peers.leave(refused);
        assertThat(peers.enter(from("10.0.0.1", 4))).isFalse();
        peers.leave(first);
        assertThat(peers.enter(from("10.0.0.1", 5))).isTrue();
        assertThat(peers.enter(from("10.0.0.1", 6))).isFalse();
    }

    @Test
    void withoutALimitNobodyIsAsked() {
        Connection connection = from("alice");
        assertThat(new Peers(Limits.none()).enter(connection)).isTrue();
        assertThat(connection.countedAs()).isNull();
    }
}
