package consumer.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.Script;

/** Speaks with a handler, looks whether anything was left, and prints OK. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Handler<Connection> echo = connection -> {
            for (String line; (line = connection.readLine()) != null; ) {
                connection.writeLine(line);
            }
        };
        LeakCheck leaks = LeakCheck.begin();
        Script.of(echo).send("hello\n").expect("hello\n").endInput().expectClosed();
        leaks.assertNone();
        System.out.println("OK");
    }
}
