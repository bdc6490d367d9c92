/**
 * The contracts of socketserver and the engine that runs them.
 *
 * <p>A {@linkplain io.socketserver.api.Server server} joins four things: an {@linkplain
 * io.socketserver.api.Endpoint endpoint}, which accepts; a {@linkplain io.socketserver.api.Handler handler}, which
 * answers; a {@linkplain io.socketserver.api.Dispatcher dispatcher}, which decides on what thread; and the {@linkplain
 * io.socketserver.api.ErrorHandler owner of failures}. Endpoints come from a transport module such as {@code
 * io.socketserver.tcp}, either from its own factory or, by URI, through {@link io.socketserver.api.Transports}.
 *
 * @uses io.socketserver.api.spi.Transport
 */
module io.socketserver.api {
    requires static org.jspecify;

    exports io.socketserver.api;
    exports io.socketserver.api.framing;
    exports io.socketserver.api.spi;

    uses io.socketserver.api.spi.Transport;
}
