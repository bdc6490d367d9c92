package io.socketserver.api.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * One end of a connected byte stream, as a transport provides it; {@link io.socketserver.api.Connection} adds the rest.
 *
 * <p>Operations block. Threads may read and write at once; what several of them read is shared out among them, each byte
 * once. Any thread may close at any time, and what blocks then ends with {@link
 * java.nio.channels.ClosedChannelException}. Failures other than that and timeouts are taken to mean that the peer is
 * gone.
 */
public interface StreamChannel extends ByteChannel {

    /**
     * Reads at least one byte, waiting for it.
     *
     * @param target where the bytes go, from its position on
     * @return how many, 0 if the target has no room, -1 at the end of the stream
     * @throws java.net.SocketTimeoutException if the {@linkplain #readTimeout timeout} passes first; nothing is lost,
     *     and the channel is as before
     * @throws IOException if the channel is closed or the peer is gone
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes all that remains in the source, waiting for room.
     *
     * @param source what to write, from its position on
     * @return how many bytes that were
     * @throws java.net.SocketTimeoutException if the {@linkplain #writeTimeout timeout} passes first; the source's
     *     position tells how much was written, and the channel is as before
     * @throws IOException if the channel is closed or the peer is gone
     */
    @Override
    int write(ByteBuffer source) throws IOException;

    /**
     * Bounds each read, also one that waits now, from now on.
     *
     * @param timeout the limit, not negative; zero for none
     * @throws IllegalStateException if the channel has to know before the first read and write whether there will be
     *     timeouts, and was used without
     * @throws IOException if the channel is closed
     */
    void readTimeout(Duration timeout) throws IOException;

    /**
     * Bounds each write as a whole, also one that waits now, from now on.
     *
     * @param timeout the limit, not negative; zero for none
     * @throws IllegalStateException as {@link #readTimeout}
     * @throws IOException if the channel is closed
     */
    void writeTimeout(Duration timeout) throws IOException;

    /**
     * Ends reading: later reads return -1.
     *
     * @throws IOException if the channel is closed or the peer is gone
     */
    void shutdownInput() throws IOException;

    /**
     * Ends writing: the peer reads the end of the stream.
     *
     * @throws IOException if the channel is closed or the peer is gone
     */
    void shutdownOutput() throws IOException;

    /**
     * This end's address.
     *
     * @return the address, also after {@link #close()}
     */
    SocketAddress localAddress();

    /**
     * The other end's address.
     *
     * @return the address, also after {@link #close()}
     */
    SocketAddress remoteAddress();

    /**
     * Who is at the other end, for limits per peer.
     *
     * @return what is equal for all channels of the same peer, in which the port of an internet address does not count;
     *     its address, unless the transport knows better
     */
    default Object peer() {
        return remoteAddress();
    }
}
