/**
 * What a transport implements: a {@link Transport} found by {@link java.util.ServiceLoader}, and the raw channels that
 * {@link io.socketserver.api.Connection} and {@link io.socketserver.api.Datagram} stand on.
 */
@NullMarked
package io.socketserver.api.spi;

import org.jspecify.annotations.NullMarked;
