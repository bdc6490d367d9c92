/**
 * Memory transports, virtual time, a network with the faults of a {@link io.socketserver.testkit.FaultPlan}, scripts for one
 * handler, a watch over event loops, and a check for leaks; for any test framework.
 *
 * <p>To begin with: {@link io.socketserver.testkit.Exchange} and {@link io.socketserver.testkit.Script} for a handler, {@link
 * io.socketserver.testkit.MemoryEndpoint} and {@link io.socketserver.testkit.VirtualTime} for a server, {@link
 * io.socketserver.testkit.Network} for both when the network is slow or fails, {@link io.socketserver.testkit.LoopWatch} for
 * handlers that must not block, {@link io.socketserver.testkit.LeakCheck} for what is left.
 */
@NullMarked
package io.socketserver.testkit;

import org.jspecify.annotations.NullMarked;
