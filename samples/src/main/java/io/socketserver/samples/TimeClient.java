package io.socketserver.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Connection;
import io.socketserver.tcp.Tcp;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** Sends each line that is typed, and prints the answer, until an empty line. */
public final class TimeClient {

    private static final int LONGEST_ANSWER = 1024;

    private TimeClient() {}

    /**
     * Talks to a server.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, TimeClient::talk);
    }

    private static void talk(String host, int port) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try (Connection connection = Tcp.connect(host, port)) {
            System.out.print("> ");
            for (String line; (line = keyboard.readLine()) != null && !line.isEmpty(); ) {
                System.out.println(ask(connection, line));
                System.out.print("> ");
            }
        }
    }

    /**
     * Sends a line and waits for the answer.
     *
     * @param connection to the server
     * @param line what to send
     * @return the answer
     * @throws IOException if there is none
     */
    public static String ask(Connection connection, String line) throws IOException {
        connection.writeLine(line);
        byte[] answer = new byte[LONGEST_ANSWER];
        int length = connection.read(answer);
        if (length < 0) {
            throw new EOFException("the server has closed the connection without an answer");
        }
        return new String(answer, 0, length, UTF_8);
    }
}
