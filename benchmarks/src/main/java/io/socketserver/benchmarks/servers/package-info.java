/** The servers that are compared, each a program of its own; see {@link io.socketserver.benchmarks.servers.Place}. */
@NullMarked
package io.socketserver.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
