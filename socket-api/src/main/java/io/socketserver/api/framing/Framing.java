package io.socketserver.api.framing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * How a stream of bytes is cut into messages: by lines, by another delimiter, by a length in front, or by counting.
 *
 * <p>A <em>message</em> is what programs exchange; a <em>frame</em> is a message on the wire, together with the prefix or
 * the ending that the framing adds. The longest message is bounded, by {@link #DEFAULT_MAX_MESSAGE} unless {@link
 * #maxMessage(int)} says otherwise; what is longer is refused before it is waited for or has cost memory.
 *
 * <p>A framing is immutable and open to all threads; what one stream needs to remember is in its {@link Decoder}.
 */
public abstract sealed class Framing permits Lines, Delimited, LengthPrefix, Varint, Fixed, Unframed {

    /** The longest message, in bytes, unless another maximum is set: {@value}. */
    public static final int DEFAULT_MAX_MESSAGE = 65_536;

    /** The largest maximum that can be set, in bytes: {@value}, 1 GiB. */
    public static final int LARGEST_MAX_MESSAGE = 1 << 30;

    private final int maxMessage;

    Framing(int maxMessage) {
        if (maxMessage < 0 || maxMessage > LARGEST_MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "the longest message must have 0 to " + LARGEST_MAX_MESSAGE + " bytes, not " + maxMessage);
        }
        this.maxMessage = maxMessage;
    }

    /**
     * Lines ended by a line feed, or by carriage return and line feed; written with a line feed.
     *
     * <p>As with {@link io.socketserver.api.Connection#readLine()}, the ending is no part of the message, a carriage
     * return elsewhere is, and a last line without an ending is a line. A message with a line feed in it, or a carriage
     * return at its end, cannot be written.
     *
     * @return the framing
     */
    public static Framing lines() {
        return new Lines(DEFAULT_MAX_MESSAGE, false);
    }

    /**
     * Lines as with {@link #lines()}, but written with carriage return and line feed, as internet protocols since RFC
     * 5321 and its ancestors have them.
     *
     * @return the framing
     */
    public static Framing crlfLines() {
        return new Lines(DEFAULT_MAX_MESSAGE, true);
    }

    /**
     * Messages each followed by the same bytes. Python's {@code StreamReader.readuntil}.
     *
     * <p>A message that contains the delimiter, or the end of which together with the delimiter would be taken for an
     * earlier one, cannot be written.
     *
     * @param delimiter at least one byte; copied
     * @return the framing
     * @throws IllegalArgumentException if the delimiter is empty
     */
    public static Framing delimitedBy(byte... delimiter) {
        return new Delimited(DEFAULT_MAX_MESSAGE, new Delimiter(delimiter));
    }

    /**
     * Messages each preceded by their length, unsigned, in so many bytes; big-endian, and without counting the prefix,
     * unless the result is told otherwise.
     *
     * @param bytes the width of the prefix: 1, 2, 3, 4 or 8
     * @return the framing
     * @throws IllegalArgumentException if the width is another
     */
    public static LengthPrefix lengthPrefix(int bytes) {
        return LengthPrefix.of(bytes);
    }

    /**
     * Messages each preceded by their length as a variable-length integer of 1 to 5 bytes: what Protocol Buffers writes
     * with {@code writeDelimitedTo}.
     *
     * @return the framing
     */
    public static Framing varintPrefix() {
        return new Varint(DEFAULT_MAX_MESSAGE);
    }

    /**
     * Messages of one length, with nothing between them. Python's {@code StreamReader.readexactly}.
     *
     * @param bytes the length, from 1 to {@link #LARGEST_MAX_MESSAGE}
     * @return the framing, whose maximum is that length
     * @throws IllegalArgumentException if it is not in that range
     */
    public static Framing fixed(int bytes) {
        return new Fixed(bytes);
    }

    /**
     * No framing: a message is what one read brings, as it happens to be cut.
     *
     * @return the framing
     */
    public static Framing none() {
        return new Unframed(DEFAULT_MAX_MESSAGE);
    }

    /**
     * Makes a framing like this one with another maximum.
     *
     * @param bytes the longest message, from 0 to {@link #LARGEST_MAX_MESSAGE}; a prefix that cannot express so much
     *     bounds it further
     * @return the framing
     * @throws IllegalArgumentException if it is not in that range, or if messages of this framing have another length
     */
    public abstract Framing maxMessage(int bytes);

    /**
     * The longest message, received or sent.
     *
     * @return its length in bytes
     */
    public final int maxMessage() {
        return maxMessage;
    }

    /**
     * The longest frame: how large a buffer has to be, at most, to hold a frame that arrives.
     *
     * @return its length in bytes
     */
    public abstract int maxFrame();

    /**
     * Makes the decoder for one stream.
     *
     * @return a new decoder, at the beginning of a stream
     */
    public abstract Decoder decoder();

    /**
     * How long the frame of a message is, so that there can be room for it.
     *
     * @param messageLength the length of the message in bytes
     * @return the length of its frame in bytes
     * @throws IllegalArgumentException if no message can have that length
     */
    public final int frameLength(int messageLength) {
        requireLength(messageLength);
        return messageLength + overhead(messageLength);
    }

    /**
     * Writes the frame of a message; either all of it or nothing.
     *
     * @param message the message, from position to limit; its position is at its limit afterwards
     * @param out where the frame goes, from its position on
     * @throws IllegalArgumentException if the message cannot be expressed, being too long say; the exception says why
     * @throws BufferOverflowException if out has less room than {@link #frameLength} says
     */
    public final void encode(ByteBuffer message, ByteBuffer out) {
        int length = message.remaining();
        if (out.remaining() < frameLength(length)) {
            throw new BufferOverflowException();
        }
        requireExpressible(message);
        putHeader(length, out);
        out.put(message);
        putTrailer(out);
    }

    /**
     * Makes a handler for a server that cuts connections into messages; shorthand for {@link FramedHandler}.
     *
     * @param handler is handed the messages
     * @return the handler to give to a server of streams or of datagrams
     */
    public final FramedHandler handler(MessageHandler handler) {
        return new FramedHandler(this, handler);
    }

    /** How much longer a frame is than its message. */
    abstract int overhead(int messageLength);

    void requireLength(int length) {
        if (length < 0 || length > maxMessage) {
            throw new IllegalArgumentException("a message of " + length + " bytes cannot be sent as " + this
                    + "; set another maxMessage if such messages are to be expected");
        }
    }

    /** Fails if these bytes would not come out as one message. */
    void requireExpressible(ByteBuffer message) {}

    void putHeader(int messageLength, ByteBuffer out) {}

    void putTrailer(ByteBuffer out) {}

    /** What the framing is and what it allows, for messages of exceptions. */
    @Override
    public abstract String toString();
}
