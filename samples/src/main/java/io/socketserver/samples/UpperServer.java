package io.socketserver.samples;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;
import java.io.IOException;

/** Answers with what it receives in upper case, each client on a thread of its own. */
public final class UpperServer {

    private UpperServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, UpperServer::serve);
    }

    private static void serve(String host, int port) throws IOException {
        try (Server<Connection> server = server(host, port)) {
            System.out.println("listening on " + server.uri());
            server.serve();
        }
    }

    /**
     * Binds the server.
     *
     * @param host where to listen
     * @param port the port, 0 for any
     * @return a server that is yet to serve
     * @throws IOException if it cannot be bound
     */
    public static Server<Connection> server(String host, int port) throws IOException {
        return Server.on(Tcp.bind(host, port)).dispatch(Dispatchers.threads()).handle(handler());
    }

    /**
     * Makes the handler, which serves datagrams as well.
     *
     * @return a handler that answers each chunk with it in upper case
     */
    public static ChunkHandler handler() {
        return new ChunkHandler(UpperServer::upper);
    }

    /** As Python's {@code bytes.upper}: letters of ASCII only, so that it does not matter where a chunk ends. */
    private static byte[] upper(byte[] chunk) {
        byte[] result = chunk.clone();
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= 'a' && result[i] <= 'z') {
                result[i] = (byte) (result[i] + 'A' - 'a');
            }
        }
        return result;
    }
}
