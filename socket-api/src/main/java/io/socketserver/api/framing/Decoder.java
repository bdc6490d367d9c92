package io.socketserver.api.framing;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the messages in the bytes of one stream, as they arrive.
 *
 * <p>It reads nothing and keeps no bytes: whoever reads the stream hands it what has arrived and was not consumed yet. A
 * message is a view of those bytes, so nothing is copied or allocated. The decoder remembers how far it has looked, and
 * looks at no byte twice.
 *
 * <pre>{@code
 * ByteBuffer message = input.duplicate();
 * while (decoder.next(input, message)) {
 *     handle(message);
 * }
 * // What remains in the input is the beginning of a frame: keep it, and put it in front of what comes next.
 * }</pre>
 *
 * <p>What remains may be moved, and be in another buffer the next time, as long as it is the same bytes and more of them
 * behind. So a selector's loop can read all its streams into one buffer, and needs one of a stream's own, of at most {@link
 * Framing#maxFrame()} bytes, only while a frame of it is incomplete.
 *
 * <p>Made by {@link Framing#decoder()}. Not thread-safe; nothing blocks.
 */
public abstract sealed class Decoder
        permits LineDecoder, DelimiterDecoder, PrefixDecoder, VarintDecoder, FixedDecoder, UnframedDecoder {

    private int needed = 1;

    Decoder() {}

    /**
     * Takes the next message out of what has arrived, if it is complete.
     *
     * @param input what has arrived, from position to limit; its position moves behind the frame that was found, and stays
     *     if none was
     * @param message a {@linkplain ByteBuffer#duplicate() duplicate} of input, possibly read-only, whose position and limit
     *     are set to the message that was found
     * @return whether one was found; if not, {@link #needed()} has more
     * @throws FramingException if what has arrived is not and cannot become a message that the framing allows; the
     *     decoder is of no more use then
     */
    public abstract boolean next(ByteBuffer input, ByteBuffer message) throws FramingException;

    /**
     * Takes the last message when the stream has ended; to be called when {@link #next} finds no more.
     *
     * @param input what was left
     * @param message as with {@link #next}
     * @return whether what was left is a message, which a line without an ending is; false if nothing was left
     * @throws FramingException if the stream has ended inside a frame
     */
    public boolean last(ByteBuffer input, ByteBuffer message) throws FramingException {
        if (input.hasRemaining()) {
            throw new FramingException("the stream ended inside a frame: " + input.remaining()
                    + " bytes of it came, and at least " + needed + " more belong to it");
        }
        return false;
    }

    /**
     * How many more bytes have to arrive, at least, before {@link #next} can find another message; there is no use in
     * calling it earlier.
     *
     * @return at least 1; what remained and this together are at most {@link Framing#maxFrame()}
     */
    public final int needed() {
        return needed;
    }

    /** There is no message before so many more bytes have come. */
    final boolean missing(int bytes) {
        needed = bytes;
        return false;
    }

    /** There is a message, so long, with so much before and behind it in its frame. */
    final boolean found(ByteBuffer input, ByteBuffer message, int before, int length, int behind) {
        int start = input.position() + before;
        // All streams of a loop share the view, so what a handler has set on it is not to last.
        message.order(ByteOrder.BIG_ENDIAN).limit(start + length).position(start);
        input.position(start + length + behind);
        needed = 1;
        return true;
    }

    static FramingException tooLong(String what, Framing framing) {
        return new FramingException(
                what + " where " + framing + " are expected; set a larger maxMessage if that is too few");
    }
}
