package io.socketserver.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.DatagramClient;
import io.socketserver.udp.Udp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;

/** Sends each line that is typed as a datagram, an empty one too, and prints it in upper case as it comes back. */
public final class UdpUpperClient {

    /** Datagrams can be lost, so an answer is not waited for without an end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private UdpUpperClient() {}

    /**
     * Talks to a server.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, UdpUpperClient::talk);
    }

    private static void talk(String host, int port) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try (DatagramClient client = Udp.open(host, port)) {
            System.out.print("> ");
            for (String line; (line = keyboard.readLine()) != null; ) {
                System.out.println(ask(client, line));
                System.out.print("> ");
            }
        }
    }

    /**
     * Sends a line as one datagram and waits for the one that answers it.
     *
     * @param client of the server
     * @param line what to send
     * @return the answer
     * @throws IOException if there is none
     */
    public static String ask(DatagramClient client, String line) throws IOException {
        client.send(line.getBytes(UTF_8));
        return UTF_8.decode(client.receive(PATIENCE).payload()).toString();
    }
}
