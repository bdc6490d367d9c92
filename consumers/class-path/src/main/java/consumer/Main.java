package consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;

/** Asks itself, on an event loop, and prints the answer. */
public final class Main {
    static final MessageHandler UPPER = (message, replies) ->
            replies.send(UTF_8.encode(UTF_8.decode(message).toString().toUpperCase()));

    private Main() {}

    public static void main(String[] args) throws Exception {
        try (var server = Server.on(Tcp.bind("127.0.0.1", 0))
                .dispatch(Dispatchers.eventLoop())
                .handle(UPPER.over(Framing.lines()))) {
            server.start();
            try (var client = Tcp.connect("127.0.0.1", server.uri().getPort())) {
                client.writeLine("hello from the class path");
                System.out.println(client.readLine());
            }
        }
    }
}
