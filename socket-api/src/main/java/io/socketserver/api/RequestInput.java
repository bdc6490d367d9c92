package io.socketserver.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A request's input as a stream. */
final class RequestInput extends InputStream {

    private final Request request;
    private final Inbox.Source source;

    RequestInput(Request request, Inbox.Source source) {
        this.request = request;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : source.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void close() throws IOException {
        request.close();
    }
}
