package consumer.modules;

import io.socketserver.api.Server;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;

/** Asks itself, and prints the answer. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        try (var server = Server.on(Tcp.bind("127.0.0.1", 0))
                .dispatch(Dispatchers.best())
                .handle(connection -> connection.writeLine(connection.readLine().toUpperCase()))) {
            server.start();
            try (var client = Tcp.connect("127.0.0.1", server.uri().getPort())) {
                client.writeLine("hello from an image");
                System.out.println(client.readLine());
            }
        }
    }
}
