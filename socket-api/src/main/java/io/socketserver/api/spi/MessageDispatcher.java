package io.socketserver.api.spi;

import java.util.concurrent.RejectedExecutionException;

/**
 * Decides on which threads messages are handled, many conversations on each: the strategy of a server that has a {@link
 * io.socketserver.api.framing.MessageHandler}.
 *
 * <p>It does for such a server what a {@link io.socketserver.api.Dispatcher} does for one that handles whole requests, and
 * belongs to one server, which closes it. The module {@code io.socketserver.concurrent} has one.
 */
public interface MessageDispatcher extends AutoCloseable {

    /**
     * Takes a request, to lead its conversation to the end.
     *
     * <p>The server calls this on its accepting thread, so a call that blocks stops accepting.
     *
     * @param task to be {@linkplain MessageTask#begin begun} and {@linkplain MessageTask#end ended}
     * @throws RejectedExecutionException if it cannot be taken; the server closes that request and goes on
     */
    void execute(MessageTask task);

    /**
     * Whether {@link io.socketserver.api.Server#close()} waits for the conversations that have not ended.
     *
     * @return true unless it was built otherwise
     */
    default boolean blockOnClose() {
        return true;
    }

    /**
     * Takes no more tasks, and releases its threads when the last conversation has ended, without waiting for it;
     * idempotent.
     */
    @Override
    void close();
}
