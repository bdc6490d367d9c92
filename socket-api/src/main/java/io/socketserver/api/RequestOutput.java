package io.socketserver.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A request's output as a stream. */
final class RequestOutput extends OutputStream {

    /** Takes all that remains in a buffer. */
    interface Sink {
        void write(ByteBuffer source) throws IOException;
    }

    private final Request request;
    private final Sink sink;

    RequestOutput(Request request, Sink sink) {
        this.request = request;
        this.sink = sink;
    }

    @Override
    public void write(int b) throws IOException {
        sink.write(ByteBuffer.wrap(new byte[] {(byte) b}));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        sink.write(ByteBuffer.wrap(source, offset, length));
    }

    @Override
    public void close() throws IOException {
        request.close();
    }
}
