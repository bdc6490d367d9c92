package io.socketserver.samples;

import java.io.IOException;

/** What the programs' main methods have in common: the arguments {@code [host] [port]}, and errors as one line. */
final class Program {

    private static final String HOST = "localhost";
    private static final int PORT = 21567;

    /** A program that knows its address. */
    interface Body {
        void run(String host, int port) throws IOException, InterruptedException;
    }

    private Program() {}

    static void run(String[] args, Body body) {
        try {
            if (args.length > 2) {
                throw new IllegalArgumentException("too many arguments: expected [host] [port]");
            }
            body.run(args.length > 0 ? args[0] : HOST, args.length > 1 ? port(args[1]) : PORT);
        } catch (IllegalArgumentException e) {
            exit(String.valueOf(e.getMessage()), 2);
        } catch (IOException e) {
            exit(String.valueOf(e.getMessage()), 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit("interrupted", 1);
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("bad port '" + text + "': expected a number from 0 to 65535", e);
        }
    }

    private static void exit(String reason, int status) {
        System.err.println(reason);
        System.exit(status);
    }
}
