/**
 * Arbitraries for property tests with jqwik: how bytes are cut, what is said in a framing, addresses, what goes wrong on a
 * network, and what is done to a server.
 *
 * <p>Only those who use it need the module {@code net.jqwik.api}. All arbitraries shrink towards what is simplest to look at:
 * few and short things, bytes that are not cut.
 */
@NullMarked
package io.socketserver.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
