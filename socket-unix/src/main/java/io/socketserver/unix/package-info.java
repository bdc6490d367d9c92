/** Unix domain sockets: endpoints and connections of streams, endpoints and clients of datagrams. */
@NullMarked
package io.socketserver.unix;

import org.jspecify.annotations.NullMarked;
