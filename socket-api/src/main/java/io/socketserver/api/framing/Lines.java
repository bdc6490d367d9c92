package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/** Lines, read with either ending and written with one of them. */
final class Lines extends Framing {

    private static final int LONGEST_ENDING = 2;

    private final boolean carriageReturn;

    Lines(int maxMessage, boolean carriageReturn) {
        super(maxMessage);
        this.carriageReturn = carriageReturn;
    }

    @Override
    public Framing maxMessage(int bytes) {
        return new Lines(bytes, carriageReturn);
    }

    @Override
    public int maxFrame() {
        return maxMessage() + LONGEST_ENDING;
    }

    @Override
    public Decoder decoder() {
        return new LineDecoder(this);
    }

    @Override
    int overhead(int messageLength) {
        return carriageReturn ? 2 : 1;
    }

    @Override
    void requireExpressible(ByteBuffer message) {
        int feed = LineDecoder.FEEDS.indexOf(message, message.position(), message.limit());
        if (feed >= 0) {
            throw new IllegalArgumentException("a line cannot contain a line feed, as this one does at index "
                    + (feed - message.position()) + " of " + message.remaining());
        }
        if (!carriageReturn && message.hasRemaining() && message.get(message.limit() - 1) == '\r') {
            throw new IllegalArgumentException("a line that a line feed ends cannot end with a carriage return, "
                    + "which would be taken for a part of the ending; crlfLines() can express it");
        }
    }

    @Override
    void putTrailer(ByteBuffer out) {
        if (carriageReturn) {
            out.put((byte) '\r');
        }
        out.put((byte) '\n');
    }

    @Override
    public String toString() {
        return "lines of at most " + maxMessage() + " bytes";
    }
}
