package io.socketserver.unix;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** The only class that needs the module jdk.net. */
final class UnixPeer {

    private UnixPeer() {}

    static PeerCredentials of(SocketChannel channel) throws IOException {
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new PeerCredentials(peer.user().getName(), peer.group().getName());
    }
}
