package io.socketserver.unix;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.ConnectionRefusedSocketException;

/**
 * A client's socket of datagrams, bound in a directory of its own so that it can be answered.
 *
 * <p>It is connected to the server by its first send, and anew when the server has been replaced. The system then lets
 * through what the server sends and nothing else.
 */
final class UnixgramClient implements Endpoint<Datagram> {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(1);
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final GramSocket socket;
    private final GramSender sender;
    private final PrivateFolder folder;
    private final UnixDomainSocketAddress local;
    private final UnixDomainSocketAddress server;
    private final AFUNIXSocketAddress target;
    // Under which name the server's datagrams come; it is not the one at which it is reached if it was bound elsewhere.
    private volatile @Nullable SocketAddress peer;

    private UnixgramClient(GramSocket socket, PrivateFolder folder, Path bound, Path server, Duration limit)
            throws IOException {
        this.socket = socket;
        this.folder = folder;
        sender = new GramSender(socket.channel(), limit);
        local = UnixDomainSocketAddress.of(bound);
        this.server = UnixDomainSocketAddress.of(server);
        target = GramSocket.address(server);
    }

    static DatagramClient open(Path to, UnixgramOptions options) throws IOException {
        Path server = SocketPath.absolute(to);
        if (!SocketPath.fits(server)) {
            throw new ConnectException("cannot send to " + SocketPath.toUri(UnixgramTransport.SCHEME, server) + ": "
                    + SocketPath.tooLong(server));
        }
        GramSocket socket = GramSocket.open(options);
        PrivateFolder folder = null;
        boolean done = false;
        try {
            folder = PrivateFolder.in(
                    Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
            Path bound = folder.file(PrivateFolder.SOCKET);
            if (!SocketPath.fits(bound)) {
                throw new IOException(
                        "cannot open a client in the directory java.io.tmpdir: " + SocketPath.tooLong(bound));
            }
            socket.bind(bound);
            admit(options.mode(), folder.path(), bound);
            UnixgramClient client =
                    new UnixgramClient(socket, folder, bound, server, options.sendTimeoutOr(SEND_TIMEOUT));
            DatagramClient opened = DatagramClient.of(client, client::send, client.server, TimeSource.system());
            done = true;
            return opened;
        } finally {
            if (!done) {
                socket.close();
                if (folder != null) {
                    folder.close();
                }
            }
        }
    }

    // The directory is opened last, and only to be passed through, for servers of other users.
    private static void admit(Set<PosixFilePermission> mode, Path folder, Path bound) throws IOException {
        Files.setPosixFilePermissions(bound, mode);
        if (!OWNER.containsAll(mode)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    @Override
    public @Nullable Datagram accept(Duration timeout) throws IOException {
        Received received = socket.receive(timeout);
        while (received != null && !isServers(received)) {
            received = socket.receive(Duration.ZERO);
        }
        return received == null
                ? null
                : Datagram.of(received.payload(), received.truncated(), server, local, (reply, to) -> send(reply, to));
    }

    private boolean isServers(Received received) {
        SocketAddress connected = peer;
        return connected != null
                && (received.sender().equals(connected) || received.sender().equals(Received.UNKNOWN));
    }

    private void send(ByteBuffer payload, SocketAddress to) throws IOException {
        try {
            sender.repeat(channel -> attempt(channel, payload), to);
        } catch (ConnectionRefusedSocketException e) {
            // It has ended since it was connected to; another may have taken its place.
            peer = null;
            try {
                sender.repeat(channel -> attempt(channel, payload), to);
            } catch (SocketException again) {
                again.addSuppressed(e);
                throw named(again);
            }
        } catch (SocketException e) {
            throw named(e);
        }
    }

    private boolean attempt(AFUNIXDatagramChannel channel, ByteBuffer payload) throws IOException {
        if (peer == null) {
            channel.connect(target);
            AFUNIXSocketAddress connected = channel.getRemoteAddress();
            peer = connected == null ? server : GramSocket.address(connected);
        }
        return GramSender.send(channel, payload, null);
    }

    private IOException named(SocketException cause) {
        String refusal = "cannot send to " + SocketPath.toUri(UnixgramTransport.SCHEME, server.getPath()) + ": ";
        IOException named;
        // Not what cannot be looked at.
        if (Files.notExists(server.getPath())) {
            named = new ConnectException(refusal + "there is no such file, so no server is running there");
        } else if (cause instanceof ConnectionRefusedSocketException) {
            named = new ConnectException(refusal + "the server that made the socket has ended, or it is none");
        } else {
            named = new IOException(refusal + cause.getMessage());
        }
        named.initCause(cause);
        return named;
    }

    @Override
    public void wakeup() {
        socket.wakeup();
    }

    @Override
    public void stopAccepting() {
        socket.stop();
    }

    @Override
    public UnixDomainSocketAddress address() {
        return local;
    }

    @Override
    public URI uri() {
        return SocketPath.toUri(UnixgramTransport.SCHEME, local.getPath());
    }

    @Override
    public void close() throws IOException {
        socket.stop();
        try (folder;
                socket;
                sender) {
            // In this order from the last on.
            return;
        }
    }
}
