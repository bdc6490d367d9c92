package io.socketserver.unix;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is at a path, without following a symbolic link there.
 *
 * @param what in words
 * @param socket whether it is a socket
 * @param key its identity for as long as it exists
 */
record Occupant(String what, boolean socket, Object key) {

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /** Looks; null if there is nothing. */
    static @Nullable Occupant at(Path path) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Object key = found.fileKey();
            if (found.isSymbolicLink()) {
                return new Occupant("a symbolic link", false, key);
            }
            if (found.isDirectory()) {
                return new Occupant("a directory", false, key);
            }
            if (found.isRegularFile()) {
                return new Occupant("a regular file", false, key);
            }
            Map<String, Object> unix = Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            boolean socket = unix.get("mode") instanceof Integer mode && (mode & TYPE) == SOCKET;
            return new Occupant(socket ? "a socket" : "a pipe or a device", socket, key);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Asks whether a socket's server has gone. Only a plain refusal says so: a full backlog, a socket of datagrams and
     * missing permission all answer otherwise, and what cannot be told counts as served.
     *
     * @param path of a socket, short enough to connect to
     * @return null if nobody serves it, otherwise what speaks for a server, in words
     */
    static @Nullable String server(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Not blocking: a connect to a full backlog would wait for ever.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return "a server is listening there";
        } catch (ConnectException e) {
            return null;
        } catch (SocketException e) {
            return "a socket is there that may be in use (a probe found: " + e.getMessage() + ")";
        }
    }
}
