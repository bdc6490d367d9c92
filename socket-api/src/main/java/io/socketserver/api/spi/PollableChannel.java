package io.socketserver.api.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream that one thread can serve together with many others: it tells when it is ready instead of having somebody
 * wait.
 *
 * <p>That begins when it is registered with a {@linkplain #openPoller() poller}, and lasts; reads, writes and time-outs of
 * the blocking kind throw {@link IllegalStateException} from then on. The methods here are for the thread that polls.
 */
public interface PollableChannel extends StreamChannel {

    /**
     * Opens a poller for this channel and all others of its transport.
     *
     * @return a new poller, to be closed by the caller
     * @throws IOException if the system refuses
     */
    Poller openPoller() throws IOException;

    /**
     * Reads what is there, and does not wait.
     *
     * @param target where the bytes go, from its position on
     * @return how many, 0 if none are there, -1 at the end of the stream
     * @throws IOException if the channel is closed or the peer is gone
     */
    int tryRead(ByteBuffer target) throws IOException;

    /**
     * Writes as much as there is room for, and does not wait.
     *
     * @param source what to write, from its position on
     * @return how many bytes that were, possibly 0
     * @throws IOException if the channel is closed or the peer is gone
     */
    int tryWrite(ByteBuffer source) throws IOException;
}
