package io.socketserver.api.framing;

/** Messages as reads happen to bring them. */
final class Unframed extends Framing {

    Unframed(int maxMessage) {
        super(maxMessage);
        if (maxMessage == 0) {
            throw new IllegalArgumentException("without framing the longest message must have at least one byte");
        }
    }

    @Override
    public Framing maxMessage(int bytes) {
        return new Unframed(bytes);
    }

    @Override
    public int maxFrame() {
        return maxMessage();
    }

    @Override
    public Decoder decoder() {
        return new UnframedDecoder(maxMessage());
    }

    @Override
    int overhead(int messageLength) {
        return 0;
    }

    @Override
    public String toString() {
        return "messages of at most " + maxMessage() + " bytes";
    }
}
