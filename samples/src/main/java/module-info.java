/**
 * Programs to learn from, and the command that runs them all.
 *
 * <p>{@link io.socketserver.samples} has the programs that every tutorial of network programming begins with; {@link
 * io.socketserver.samples.command} has the command {@code socketserver}.
 */
module io.socketserver.samples {
    requires info.picocli;
    requires io.socketserver.concurrent;
    requires io.socketserver.tcp;
    requires io.socketserver.udp;
    requires static org.jspecify;

    // The options are set by reflection, and handlers made in processes of their own.
    opens io.socketserver.samples.command to
            info.picocli,
            io.socketserver.concurrent;
}
