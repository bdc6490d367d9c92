package io.socketserver.benchmarks.servers;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Handler;
import io.socketserver.api.Limits;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.concurrent.EventLoopOptions;
import io.socketserver.tcp.Tcp;
import io.socketserver.tcp.TcpOptions;
import io.socketserver.udp.Udp;
import io.socketserver.unix.Unix;
import io.socketserver.unix.UnixOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** This SDK: {@code loop|virtual|limits|timeouts PLACE none|lines BUFFER}. */
public final class SdkServer {

    private static final Duration FAR_AWAY = Duration.ofMinutes(1);
    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    private final String strategy;
    private final FramedHandler messages;
    private final int buffer;

    private SdkServer(String strategy, Framing framing, int buffer) {
        this.strategy = strategy;
        this.messages = ECHO.over(framing);
        this.buffer = buffer;
    }

    /**
     * Serves until the process ends.
     *
     * @param args what the class comment says
     * @throws IOException if it cannot be bound
     */
    public static void main(String[] args) throws IOException {
        Place place = new Place(args[1]);
        boolean lines = args[2].equals("lines");
        SdkServer program = new SdkServer(args[0], lines ? Framing.lines() : Framing.none(), Integer.parseInt(args[3]));
        if (place.isUdp()) {
            program.serve(Udp.bind("127.0.0.1", 0), program.messages);
        } else {
            program.serve(bind(place), lines ? program.messages : program.blocking());
        }
    }

    private static Endpoint<Connection> bind(Place place) throws IOException {
        if (place.isUnix()) {
            return Unix.bind(place.path(), UnixOptions.defaults().backlog(Place.BACKLOG));
        }
        return Tcp.bind(
                "127.0.0.1", 0, TcpOptions.defaults().backlog(Place.BACKLOG).noDelay(true));
    }

    private <R extends Request> void serve(Endpoint<R> endpoint, Handler<? super R> handler) throws IOException {
        var parts = Server.on(endpoint).limits(limits());
        try (Server<R> server = strategy.equals("loop")
                ? parts.dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1))).handle(messages)
                : parts.dispatch(Dispatchers.virtualThreads()).handle(handler)) {
            Place.announce(server.address());
            server.serve();
        }
    }

    private Limits limits() {
        Limits none = Limits.none();
        return strategy.equals("limits")
                ? none.idleTimeout(FAR_AWAY).readTimeout(FAR_AWAY).writeTimeout(FAR_AWAY)
                : none;
    }

    private Handler<Connection> blocking() {
        boolean timeouts = strategy.equals("timeouts");
        return connection -> {
            if (timeouts) {
                connection.readTimeout(FAR_AWAY);
            }
            ByteBuffer bytes = ByteBuffer.allocate(buffer);
            while (connection.read(bytes.clear()) >= 0) {
                connection.write(bytes.flip());
            }
        };
    }
}
