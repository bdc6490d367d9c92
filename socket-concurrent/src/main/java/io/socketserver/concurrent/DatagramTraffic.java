package io.socketserver.concurrent;

import io.socketserver.api.Datagram;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A datagram's payload, and the replies: one that is all of the output, or framed ones from our own JVM. */
final class DatagramTraffic implements Traffic {

    /** The longest reply; longer than any transport's, and a bound for what is kept. */
    static final int MAX_REPLY = 1 << 20;

    private final Datagram datagram;
    private final boolean framed;
    private byte[] reply = {};

    DatagramTraffic(Datagram datagram, boolean framed) {
        this.datagram = datagram;
        this.framed = framed;
    }

    @Override
    public void feed(OutputStream stdin) {
        ByteBuffer payload = datagram.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        try {
            stdin.write(bytes);
            stdin.flush();
        } catch (IOException e) {
            // The child does not want it.
            return;
        }
    }

    @Override
    public void answer(InputStream stdout) throws IOException {
        if (framed) {
            sendFrames(new DataInputStream(stdout));
        } else {
            reply = stdout.readNBytes(MAX_REPLY + 1);
            requireShort(reply.length);
        }
    }

    private void sendFrames(DataInputStream frames) throws IOException {
        for (int first = frames.read(); first >= 0; first = frames.read()) {
            int length = first << 24 | frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
            requireShort(length);
            byte[] frame = frames.readNBytes(length);
            if (frame.length < length) {
                throw new EOFException("a reply of " + length + " bytes was announced, and the output ended after "
                        + frame.length + " of them");
            }
            datagram.send(ByteBuffer.wrap(frame));
        }
    }

    private static void requireShort(int length) throws IOException {
        if (length < 0 || length > MAX_REPLY) {
            throw new IOException("a reply must have at most " + MAX_REPLY + " bytes");
        }
    }

    @Override
    public void endAnswer() {
        // Only the child's end makes it complete.
    }

    @Override
    public void stopFeeding() {
        // The child's end does.
    }

    @Override
    public void stopAnswering() {
        // The child's end does.
    }

    @Override
    public void complete() throws IOException {
        if (reply.length > 0) {
            datagram.output().write(reply);
        }
    }
}
