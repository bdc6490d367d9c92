package io.socketserver.samples.command;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.samples.UdpUpperClient;
import io.socketserver.samples.UdpUpperServer;
import java.io.IOException;
import java.util.List;

/** The upper-case server of datagrams and its client. */
final class UdpUpperDemo implements DemoProgram {

    @Override
    public String title() {
        return "UdpUpperServer, UdpUpperClient: each datagram comes back in upper case";
    }

    @Override
    public void run(Transcript transcript) throws IOException {
        try (Server<Datagram> server = UdpUpperServer.server("localhost", 0).start();
                DatagramClient client = Transports.open(server.uri())) {
            for (String line : List.of("hello", "how are you?", "")) {
                transcript.client(line);
                transcript.upper(line, UdpUpperClient.ask(client, line));
            }
        }
    }
}
