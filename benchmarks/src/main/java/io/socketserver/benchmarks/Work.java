package io.socketserver.benchmarks;

import java.util.List;

/**
 * One kind of work, the same for all servers.
 *
 * @param name on the command line
 * @param title in tables
 * @param mode of the load: talk, accept or idle
 * @param place what the server listens on: tcp, udp or unix
 * @param framing none or lines
 * @param connections how many at once
 * @param bytes of one request
 * @param depth how many requests go out at once on a connection
 * @param buffer the size of the buffer of those servers that have one for each connection
 */
record Work(
        String name,
        String title,
        String mode,
        String place,
        String framing,
        int connections,
        int bytes,
        int depth,
        int buffer) {

    static final List<Work> ALL = List.of(
            pingPong(1),
            pingPong(100),
            pingPong(1_000),
            pingPong(10_000),
            new Work(
                    "lines",
                    "lines of 64 bytes, 16 at once, 100 connections",
                    "talk",
                    "tcp",
                    "lines",
                    100,
                    64,
                    16,
                    8192),
            new Work("bulk", "echo of 64 KiB, 16 connections", "talk", "tcp", "none", 16, 65_536, 1, 65_536),
            new Work("accept", "connect, one echo, close; 32 at once", "accept", "tcp", "none", 32, 64, 1, 8192),
            new Work("udp", "echo of datagrams of 64 bytes, 64 clients", "talk", "udp", "none", 64, 64, 1, 2048),
            new Work(
                    "unix",
                    "Unix sockets, echo of 64 bytes, 100 connections",
                    "talk",
                    "unix",
                    "none",
                    100,
                    64,
                    1,
                    8192),
            new Work("idle", "memory of an idle connection, of 10,000", "idle", "tcp", "none", 10_000, 64, 1, 8192));

    private static Work pingPong(int connections) {
        String title = String.format("echo of 64 bytes, %,d connection%s", connections, connections == 1 ? "" : "s");
        return new Work("pingpong-" + connections, title, "talk", "tcp", "none", connections, 64, 1, 8192);
    }

    /** Whether a name on the command line means this: its own, or the part before its hyphen. */
    boolean isCalled(String text) {
        return name.equals(text) || name.startsWith(text + "-");
    }

    boolean isIdle() {
        return mode.equals("idle");
    }

    boolean isLines() {
        return framing.equals("lines");
    }

    /** What servers are compared by. */
    Metric measure() {
        return isIdle() ? Metric.MEMORY : Metric.RATE;
    }

    /** The same server with another load: so many connections that talk. */
    Work talking(int few) {
        return new Work(name, title, "talk", place, framing, few, bytes, depth, buffer);
    }

    /** The same, with so many connections that do not. */
    Work resting(int few) {
        return new Work(name, title, "idle", place, framing, few, bytes, depth, buffer);
    }
}
