package io.socketserver.samples.command;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.samples.HookedTimeServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The time server whose steps are made visible. */
final class HookedTimeDemo implements DemoProgram {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<String> STEPS = List.of("setup", "handle", "finish");

    @Override
    public String title() {
        return "HookedTimeServer: the steps of a request";
    }

    @Override
    public void run(Transcript transcript) throws IOException {
        Queue<String> steps = new ConcurrentLinkedQueue<>();
        try (Server<Connection> server = HookedTimeServer.server("localhost", 0, step -> {
                    steps.add(step.replaceFirst(":.*", ""));
                    transcript.console(step);
                })
                .start()) {
            TimeDemo.talk(server.uri(), List.of("hello"), transcript);
            // The last step comes after the client is gone.
            server.drain(GRACE);
        }
        List<String> taken = List.copyOf(steps);
        transcript.check(taken.equals(STEPS), "expected the steps " + STEPS + ", but they were " + taken);
    }
}
