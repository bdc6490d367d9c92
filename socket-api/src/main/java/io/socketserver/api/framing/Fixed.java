package io.socketserver.api.framing;

/** Messages of one length. */
final class Fixed extends Framing {

    Fixed(int length) {
        super(length);
        if (length == 0) {
            throw new IllegalArgumentException("messages of a fixed length must have at least one byte");
        }
    }

    @Override
    public Framing maxMessage(int bytes) {
        if (bytes != maxMessage()) {
            throw new IllegalArgumentException("these are " + this + ", so the maximum cannot be " + bytes);
        }
        return this;
    }

    @Override
    public int maxFrame() {
        return maxMessage();
    }

    @Override
    public Decoder decoder() {
        return new FixedDecoder(maxMessage());
    }

    @Override
    int overhead(int messageLength) {
        return 0;
    }

    @Override
    void requireLength(int length) {
        if (length != maxMessage()) {
            throw new IllegalArgumentException("a message of " + length + " bytes cannot be sent as " + this);
        }
    }

    @Override
    public String toString() {
        return "messages of exactly " + maxMessage() + " bytes";
    }
}
