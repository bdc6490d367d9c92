/**
 * The API of servers and clients: {@link Server}, {@link Request} and its two kinds, {@link Handler}, and the strategies of
 * which a server is composed.
 *
 * <p>Nothing here is {@code null} unless it is marked so.
 */
@NullMarked
package io.socketserver.api;

import org.jspecify.annotations.NullMarked;
