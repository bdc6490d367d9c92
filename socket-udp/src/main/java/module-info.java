/**
 * The {@code udp:} transport of socketserver.
 *
 * <p>{@link io.socketserver.udp.Udp} binds and opens; the same is reached by URI, such as {@code udp://localhost:5353}, through
 * {@link io.socketserver.api.Transports}.
 *
 * @provides io.socketserver.api.spi.Transport
 */
module io.socketserver.udp {
    requires transitive io.socketserver.api;
    requires static org.jspecify;

    exports io.socketserver.udp;

    provides io.socketserver.api.spi.Transport with
            io.socketserver.udp.UdpTransport;
}
