/** Framings alone, without a socket, beside Netty's decoders. */
@NullMarked
package io.socketserver.benchmarks.framing;

import org.jspecify.annotations.NullMarked;
