/** TCP endpoints and connections, over IPv4, IPv6 or both. */
@NullMarked
package io.socketserver.tcp;

import org.jspecify.annotations.NullMarked;
