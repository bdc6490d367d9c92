import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.unix.Unix;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks itself, over a socket file found by its URI, and prints the answer. */
class Main {
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("consumer");
        try (var server = Server.on(Unix.bind(folder.resolve("socket")))
                .handle(connection -> connection.writeLine(connection.readLine().toUpperCase()))) {
            server.start();
            try (Connection client = Transports.connect(server.uri())) {
                client.writeLine("hello from plain javac");
                System.out.println(client.readLine());
            }
        } finally {
            Files.delete(folder);
        }
    }
}
