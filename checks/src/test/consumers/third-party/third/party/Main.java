package third.party;

import io.socketserver.api.NoTransportException;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import java.net.URI;
import java.time.Duration;

/** Serves and connects over the transport that was found, and prints what the look-up says of the one that is two. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        System.out.println(Transports.schemes());
        try (var server = Server.on(Transports.bind(URI.create("loop:0")))
                .handle(request -> request.input().transferTo(request.output()))) {
            server.start();
            URI address = URI.create("loop:" + server.uri().getPort());
            try (var client = Transports.connect(address, Duration.ofSeconds(10))) {
                client.writeLine("found");
                System.out.println(client.readLine());
            }
        }
        try {
            Transports.bind(URI.create("tcp://127.0.0.1:0")).close();
        } catch (NoTransportException e) {
            System.out.println(e.getMessage());
        }
    }
}
