package io.socketserver.samples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;

/** Answers whatever it receives with the time, one client after the other. */
public final class TimeServer {

    private TimeServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, TimeServer::serve);
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
        return Server.on(Tcp.bind(host, port)).handle(handler());
    }

    /**
     * Makes the handler, which serves datagrams as well.
     *
     * @return a handler that answers each chunk with this machine's time
     */
    public static ChunkHandler handler() {
        return handler(Clock.system(ZoneId.systemDefault()));
    }

    /**
     * Makes the handler with a clock of choice.
     *
     * @param clock tells the time
     * @return a handler that answers each chunk with the time
     */
    public static ChunkHandler handler(Clock clock) {
        Ctime ctime = new Ctime(clock);
        return new ChunkHandler(chunk -> ctime.now().getBytes(US_ASCII));
    }
}
