package io.socketserver.samples.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An output whose lines another thread can wait for. */
final class Lines extends OutputStream {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
        if (b == '\n') {
            lines.add(line.toString(UTF_8).stripTrailing());
            line.reset();
        } else {
            line.write(b);
        }
    }

    String next() throws InterruptedException {
        String next = lines.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no further line within 30 s");
        }
        return next;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
