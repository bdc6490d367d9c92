package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/** Messages each followed by a delimiter. */
final class Delimited extends Framing {

    private final Delimiter delimiter;

    Delimited(int maxMessage, Delimiter delimiter) {
        super(maxMessage);
        this.delimiter = delimiter;
    }

    @Override
    public Framing maxMessage(int bytes) {
        return new Delimited(bytes, delimiter);
    }

    @Override
    public int maxFrame() {
        return Math.addExact(maxMessage(), delimiter.length());
    }

    @Override
    public Decoder decoder() {
        return new DelimiterDecoder(this, delimiter);
    }

    @Override
    int overhead(int messageLength) {
        return delimiter.length();
    }

    @Override
    void requireExpressible(ByteBuffer message) {
        if (!delimiter.canFollow(message)) {
            throw new IllegalArgumentException(
                    "a message cannot contain the delimiter, or end with the beginning of one"
                            + " that its delimiter would complete");
        }
    }

    @Override
    void putTrailer(ByteBuffer out) {
        delimiter.putInto(out);
    }

    @Override
    public String toString() {
        return "delimited messages of at most " + maxMessage() + " bytes";
    }
}
