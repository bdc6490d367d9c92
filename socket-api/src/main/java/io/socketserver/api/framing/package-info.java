/**
 * Messages on byte streams: how a stream is cut into them, and how they are handled one by one.
 *
 * <p>A {@link Framing} says where a message ends. A {@link MessageChannel} receives and sends messages over a connection;
 * a {@link MessageHandler} is handed messages and replies to them, on every transport, stream or datagram.
 *
 * <p>Nothing here is {@code null} unless it is marked so.
 */
@NullMarked
package io.socketserver.api.framing;

import org.jspecify.annotations.NullMarked;
