package consumer.tcp;

import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.tcp.Tcp;
import java.time.Duration;

/** Serves itself a line, by the typed factory and by URI, and prints OK. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        try (var server = Server.on(Tcp.bind("127.0.0.1", 0)).handle(connection -> {
            for (String line = connection.readLine(); line != null; line = connection.readLine()) {
                connection.writeLine(line + ", " + line);
            }
        })) {
            server.start();
            try (var client = Transports.connect(server.uri(), Duration.ofSeconds(10))) {
                client.writeLine("hello");
                String answer = client.readLine();
                if (!"hello, hello".equals(answer)) {
                    throw new AssertionError("expected 'hello, hello', got '" + answer + "'");
                }
            }
        }
        System.out.println("OK");
    }
}
