package io.socketserver.samples;

import io.socketserver.api.Datagram;
import io.socketserver.api.Server;
import io.socketserver.udp.Udp;
import java.io.IOException;

/** Answers each datagram with the time, by the handler that {@link TimeServer} has for streams. */
public final class UdpTimeServer {

    private UdpTimeServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, UdpTimeServer::serve);
    }

    private static void serve(String host, int port) throws IOException {
        try (Server<Datagram> server = server(host, port)) {
            System.out.println("listening on " + server.uri());
            server.serve();
        }
    }

    /**
     * Binds the server.
     *
     * @param host where to receive
     * @param port the port, 0 for any
     * @return a server that is yet to serve
     * @throws IOException if it cannot be bound
     */
    public static Server<Datagram> server(String host, int port) throws IOException {
        return Server.on(Udp.bind(host, port)).handle(TimeServer.handler());
    }
}
