package io.socketserver.benchmarks.servers;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The JDK alone, a virtual thread for each connection: {@code PLACE BUFFER}. */
public final class BareServer {

    private BareServer() {}

    /**
     * Serves until the process ends.
     *
     * @param args what the class comment says
     * @throws IOException if it cannot be bound
     */
    public static void main(String[] args) throws IOException {
        Place place = new Place(args[0]);
        int buffer = Integer.parseInt(args[1]);
        if (place.isUdp()) {
            serveDatagrams(place, buffer);
        } else {
            serveStreams(place, buffer);
        }
    }

    private static void serveStreams(Place place, int buffer) throws IOException {
        try (ServerSocketChannel listener =
                place.isUnix() ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open()) {
            listener.bind(place.address(), Place.BACKLOG);
            Place.announce(listener.getLocalAddress());
            while (true) {
                SocketChannel peer = listener.accept();
                if (!place.isUnix()) {
                    peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                VirtualThread.start(() -> echo(peer, buffer));
            }
        }
    }

    private static void echo(SocketChannel channel, int buffer) {
        try (SocketChannel peer = channel) {
            ByteBuffer bytes = ByteBuffer.allocate(buffer);
            while (peer.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            }
        } catch (IOException e) {
            // The peer is gone, as all are at the end of a benchmark.
        }
    }

    private static void serveDatagrams(Place place, int buffer) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(place.address());
            Place.announce(channel.getLocalAddress());
            ByteBuffer bytes = ByteBuffer.allocateDirect(buffer);
            while (true) {
                SocketAddress sender = channel.receive(bytes.clear());
                channel.send(bytes.flip(), sender);
            }
        }
    }
}
