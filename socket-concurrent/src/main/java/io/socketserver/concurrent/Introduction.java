package io.socketserver.concurrent;

import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM of ours is told about its request, ahead of the request's bytes.
 *
 * @param datagram a datagram and not a connection
 * @param truncated of a datagram, whether its end is lost
 * @param remote who sent it
 * @param local where it arrived
 */
record Introduction(boolean datagram, boolean truncated, SocketAddress remote, SocketAddress local) {

    static Introduction of(Request request) {
        boolean truncated = request instanceof Datagram datagram && datagram.truncated();
        return new Introduction(
                request instanceof Datagram, truncated, request.remoteAddress(), request.localAddress());
    }

    void writeTo(OutputStream stdin) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeBoolean(datagram);
        data.writeBoolean(truncated);
        Addresses.write(remote, data);
        Addresses.write(local, data);
        // In one piece, so that a pipe takes it whole.
        bytes.writeTo(stdin);
    }

    /** Reads one, and no byte behind it; null if the stream ends before it. */
    static @Nullable Introduction readFrom(InputStream stdin) throws IOException {
        DataInputStream data = new DataInputStream(stdin);
        boolean datagram;
        try {
            datagram = data.readBoolean();
        } catch (EOFException e) {
            return null;
        }
        return new Introduction(datagram, data.readBoolean(), Addresses.read(data), Addresses.read(data));
    }
}
