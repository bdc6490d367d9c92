package io.socketserver.api.spi;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Two connected streams, and the sockets below them. */
record SocketPair(SocketStream near, SocketStream far, SocketChannel nearChannel) implements Closeable {

    static final Duration LONG = Duration.ofHours(1);

    static SocketPair open() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel near = SocketChannel.open(listener.getLocalAddress());
            return new SocketPair(stream(near), stream(listener.accept()), near);
        }
    }

    /** A pair of which both ends have time-outs. */
    static SocketPair openTimed() throws IOException {
        SocketPair pair = open();
        pair.near.readTimeout(LONG);
        pair.far.readTimeout(LONG);
        return pair;
    }

    static Optional<Thread> poller() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("socketserver-poller"))
                .findAny();
    }

    /** Waits until there is none; it has to end by itself. */
    static void awaitPollerEnd() throws InterruptedException {
        Optional<Thread> poller = poller();
        if (poller.isPresent()) {
            poller.get().join();
        }
    }

    /** How many sockets this process has open, by what Linux shows. */
    static long openSockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(SocketPair::isSocket).count();
        }
    }

    private static SocketStream stream(SocketChannel channel) throws IOException {
        return SocketStream.of(channel, channel.getLocalAddress(), channel.getRemoteAddress());
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed since it was listed.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
