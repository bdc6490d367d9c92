package io.socketserver.api.spi;

import java.io.Closeable;
import java.io.IOException;

/**
 * Waits for many channels of one transport at once, for the one thread that polls.
 *
 * <p>All methods are for that thread, but {@link #wakeup()}, which is for all.
 */
public interface Poller extends Closeable {

    /**
     * Begins to wait for a channel, at first for nothing but that somebody closes it.
     *
     * @param channel one whose {@link PollableChannel#openPoller()} makes pollers of this kind
     * @param target told, inside {@link #poll()} and {@link #pollNow()}, that it is ready
     * @return tells what to wait for
     * @throws IllegalArgumentException if the channel is of another kind
     * @throws IOException if the channel is closed, or the system refuses
     */
    Key register(PollableChannel channel, Target target) throws IOException;

    /**
     * Waits until a channel is ready or {@link #wakeup()} is called, and tells the targets of all channels that are ready,
     * again in each call as long as they are; of one that was closed, by whatever thread, once. An interrupt ends the wait as
     * well.
     *
     * @throws IOException if the system fails; this poller is of no more use then
     */
    void poll() throws IOException;

    /**
     * Tells the targets of all channels that are ready now, as {@link #poll()} does, and does not wait; takes up a wake-up
     * that came before.
     *
     * @throws IOException if the system fails; this poller is of no more use then
     */
    void pollNow() throws IOException;

    /** Makes the {@link #poll()} that is waiting, or else the next one, come back. */
    void wakeup();

    /** What is waited for on one channel. */
    interface Key {

        /**
         * Changes what is waited for; without effect on a channel that is closed.
         *
         * @param toRead whether for bytes, or the end of the stream
         * @param toWrite whether for room
         */
        void await(boolean toRead, boolean toWrite);
    }

    /** Who is told. */
    interface Target {

        /**
         * The channel is ready, or has failed, which the next attempt shows. Throws nothing.
         *
         * @param toRead whether to be read
         * @param toWrite whether to be written
         */
        void ready(boolean toRead, boolean toWrite);
    }
}
