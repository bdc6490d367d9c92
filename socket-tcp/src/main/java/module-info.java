/**
 * The {@code tcp:} transport of socketserver.
 *
 * <p>{@link io.socketserver.tcp.Tcp} binds and connects; the same is reached by URI, such as {@code
 * tcp://localhost:8080?backlog=100}, through {@link io.socketserver.api.Transports}.
 *
 * @provides io.socketserver.api.spi.Transport
 */
module io.socketserver.tcp {
    requires transitive io.socketserver.api;
    requires static org.jspecify;

    exports io.socketserver.tcp;

    provides io.socketserver.api.spi.Transport with
            io.socketserver.tcp.TcpTransport;
}
