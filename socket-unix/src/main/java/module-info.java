/**
 * The {@code unix:} and {@code unixgram:} transports of socketserver, on Unix domain sockets.
 *
 * <p>{@link io.socketserver.unix.Unix} binds and connects streams and needs nothing but java.base. {@link
 * io.socketserver.unix.Unixgram} has datagrams; the JDK has none on these sockets, so a program that uses them adds the
 * modules {@code org.newsclub.net.unix} and {@code com.kohlschutter.junixsocket.nativecommon}. Both are reached by URI,
 * such as {@code unix:/run/app.sock?mode=660}, through {@link io.socketserver.api.Transports}.
 *
 * @provides io.socketserver.api.spi.Transport
 */
module io.socketserver.unix {
    requires transitive io.socketserver.api;
    requires static jdk.net;
    requires static org.jspecify;
    requires static org.newsclub.net.unix;

    exports io.socketserver.unix;

    provides io.socketserver.api.spi.Transport with
            io.socketserver.unix.UnixTransport,
            io.socketserver.unix.UnixgramTransport;
}
