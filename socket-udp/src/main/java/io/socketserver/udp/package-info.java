/** UDP endpoints and clients, over IPv4, IPv6 or both. */
@NullMarked
package io.socketserver.udp;

import org.jspecify.annotations.NullMarked;
