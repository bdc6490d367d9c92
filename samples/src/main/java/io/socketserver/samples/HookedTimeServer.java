package io.socketserver.samples;

import io.socketserver.api.Connection;
import io.socketserver.api.RequestHandler;
import io.socketserver.api.Server;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.util.function.Consumer;

/** The time server with the three steps of a request made visible: each connection has an instance of its own. */
public final class HookedTimeServer extends RequestHandler<Connection> {

    private final Consumer<String> log;

    private HookedTimeServer(Consumer<String> log) {
        this.log = log;
    }

    /**
     * Serves until the process is ended.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, HookedTimeServer::serve);
    }

    private static void serve(String host, int port) throws IOException {
        try (Server<Connection> server = server(host, port, line -> System.out.println(line))) {
            System.out.println("listening on " + server.uri());
            server.serve();
        }
    }

    /**
     * Binds the server.
     *
     * @param host where to listen
     * @param port the port, 0 for any
     * @param log takes a line at each step
     * @return a server that is yet to serve
     * @throws IOException if it cannot be bound
     */
    public static Server<Connection> server(String host, int port, Consumer<String> log) throws IOException {
        return Server.on(Tcp.bind(host, port)).handle(RequestHandler.each(() -> new HookedTimeServer(log)));
    }

    @Override
    protected void setup() {
        log.accept("setup: " + request() + " is here");
    }

    @Override
    protected void handle() throws Exception {
        log.accept("handle: it will be told the time");
        TimeServer.handler().handle(request());
    }

    @Override
    protected void finish() {
        log.accept("finish: it has hung up");
    }
}
