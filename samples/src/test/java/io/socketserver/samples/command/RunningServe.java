package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code socketserver serve} on a thread of the test's JVM; an interrupt stops it there as a signal does in a process. */
final class RunningServe implements AutoCloseable {

    final Lines out = new Lines();
    final Lines err = new Lines();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;
    private final URI uri;

    RunningServe(String... options) throws InterruptedException {
        this(URI.create("tcp://localhost:0"), options);
    }

    RunningServe(URI address, String... options) throws InterruptedException {
        Stdio stdio = new Stdio(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false);
        List<String> args = new ArrayList<>(List.of("serve", address.toString()));
        args.addAll(List.of(options));
        thread = new Thread(() -> status.complete(Main.commandLine(stdio).execute(args.toArray(String[]::new))));
        thread.start();
        String first = out.next();
        assertThat(first).startsWith("listening on " + address.getScheme() + ":");
        uri = URI.create(first.substring("listening on ".length()));
    }

    URI uri() {
        return uri;
    }

    int stop() throws Exception {
        thread.interrupt();
        return status.get(30, TimeUnit.SECONDS);
    }

    /** Waits for it: the hook of a server that had not ended would halt the test's JVM at its end. */
    @Override
    public void close() {
        boolean ended = false;
        // Under sequential the first may be for the request that is being handled, and end that.
        for (int interrupts = 0; !ended && interrupts < 100; interrupts++) {
            thread.interrupt();
            ended = hasEndedWithin(100);
        }
        assertThat(ended).isTrue();
    }

    private boolean hasEndedWithin(long millis) {
        try {
            thread.join(millis);
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
