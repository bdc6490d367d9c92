package io.socketserver.api.spi;

import io.socketserver.api.Request;
import io.socketserver.api.framing.FramedHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A request in the hands of a {@link MessageDispatcher}, and its way to the server's counts, limits and observers.
 *
 * <p>For one thread at a time.
 */
public interface MessageTask {

    /**
     * What the conversation is led with.
     *
     * @return the framing of a connection, and the handler
     */
    FramedHandler handler();

    /**
     * With whom.
     *
     * @return a connection, the channel of which was not used by the server yet; or a datagram
     */
    Request request();

    /**
     * Begins to handle the request, on the thread that will handle its messages.
     *
     * @param control how to end it from outside
     * @return false if it has ended already, at a limit say, so that nothing is to be done any more
     */
    boolean begin(Control control);

    /**
     * Reads what a connection has received, and does not wait.
     *
     * @param target where the bytes go, from its position on
     * @return how many, 0 if none are there, -1 at the end of the stream
     * @throws IOException as {@link io.socketserver.api.Connection#read(ByteBuffer)}
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes what a connection has room for, and does not wait.
     *
     * @param source what to write, from its position on
     * @return how many bytes that were, possibly 0
     * @throws IOException as {@link io.socketserver.api.Connection#write(ByteBuffer)}
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Tells what a connection waits for from now on, which limits in time are for.
     *
     * @param toRead whether for the peer to send
     * @param toWrite whether for the peer to take what was written; if it did already, the limit begins anew
     */
    void awaits(boolean toRead, boolean toWrite);

    /**
     * Makes the current thread the one that handles the request, as {@link #begin} has: for who goes on with it on another
     * thread.
     */
    void takeOver();

    /**
     * Ends the request: it is closed, and whoever is to know is told how it went. To be called exactly once after {@link
     * #begin} has returned true, on any thread.
     *
     * @param failure what its handler or its connection has thrown; null if nothing
     */
    void end(@Nullable Throwable failure);

    /** What a server may ask of a conversation, on any thread; nothing here blocks. */
    interface Control {

        /**
         * Says that the conversation is to end: interrupts its handler, if that runs just now, and has {@link #end} called
         * soon. The server closes the request itself.
         */
        void cutOff();

        /**
         * Whether its handler runs at this moment.
         *
         * @return true between the beginning and the end of a call of it
         */
        boolean isHandling();
    }
}
