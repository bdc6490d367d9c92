package time.server;

import io.socketserver.api.Server;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Answers each line with the time; takes the port as its only argument. */
public final class TimeServer {

    private TimeServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port, 12345 if left out
     * @throws IOException if the port cannot be bound
     */
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 12345;
        try (var server = Server.on(Tcp.bind("localhost", port))
                .dispatch(Dispatchers.threads())
                .handle(connection -> {
                    while (connection.readLine() != null) {
                        connection.writeLine(
                                ZonedDateTime.now(ZoneId.systemDefault()).toString());
                    }
                })) {
            System.out.println("listening on " + server.uri());
            server.serve();
        }
    }
}
