package io.socketserver.samples;

import io.socketserver.api.Datagram;
import io.socketserver.api.Server;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.udp.Udp;
import java.io.IOException;

/** Answers each datagram with it in upper case, by the handler that {@link UpperServer} has for streams. */
public final class UdpUpperServer {

    private UdpUpperServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, UdpUpperServer::serve);
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
        return Server.on(Udp.bind(host, port)).dispatch(Dispatchers.threads()).handle(UpperServer.handler());
    }
}
