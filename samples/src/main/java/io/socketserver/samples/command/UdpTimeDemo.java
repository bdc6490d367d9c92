package io.socketserver.samples.command;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.samples.UdpTimeClient;
import io.socketserver.samples.UdpTimeServer;
import java.io.IOException;
import java.util.List;

/** The time server of datagrams and its client. */
final class UdpTimeDemo implements DemoProgram {

    @Override
    public String title() {
        return "UdpTimeServer, UdpTimeClient: each line is a datagram, an empty one too";
    }

    @Override
    public void run(Transcript transcript) throws IOException {
        try (Server<Datagram> server = UdpTimeServer.server("localhost", 0).start();
                DatagramClient client = Transports.open(server.uri())) {
            for (String line : List.of("hello", "")) {
                transcript.client(line);
                String answer = UdpTimeClient.ask(client, line);
                transcript.server(answer);
                TimeDemo.check(answer, transcript);
            }
        }
    }
}
