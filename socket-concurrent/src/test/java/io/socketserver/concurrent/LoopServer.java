package io.socketserver.concurrent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.TimeSource;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server in memory with an event loop, and what its observers and its error handler were told. */
final class LoopServer implements AutoCloseable, Observer {

    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<Request> accepted = new LinkedBlockingQueue<>();
    final BlockingQueue<Request> ended = new LinkedBlockingQueue<>();
    final BlockingQueue<TimeLimit> timedOut = new LinkedBlockingQueue<>();
    final BlockingQueue<DisconnectedException> disconnects = new LinkedBlockingQueue<>();
    final TappedEndpoint endpoint;
    final Server<Connection> server;
    private final MemoryEndpoint memory;

    private LoopServer(Parts parts, FramedHandler handler) {
        memory = MemoryEndpoint.bind(parts.memory.time(parts.time));
        endpoint = new TappedEndpoint(memory);
        server = Server.on(endpoint)
                .limits(parts.limits)
                .time(parts.time)
                .admitting(parts.admission)
                .observe(this)
                .onError((request, failure) -> failures.add(failure))
                .dispatch(Dispatchers.eventLoop(parts.options))
                .handle(handler)
                .start();
    }

    /** What such a server is made of; one loop, unless it is changed. */
    static final class Parts {

        EventLoopOptions options = EventLoopOptions.of(1);
        MemoryOptions memory = MemoryOptions.defaults();
        Limits limits = Limits.none();
        TimeSource time = TimeSource.system();
        Predicate<Connection> admission = connection -> true;

        LoopServer start(FramedHandler handler) {
            return new LoopServer(this, handler);
        }
    }

    static Parts parts() {
        return new Parts();
    }

    static LoopServer start(FramedHandler handler) {
        return parts().start(handler);
    }

    Connection connect() throws IOException {
        return memory.connect();
    }

    /** The server's end of the connection that was accepted as that one in number, from 0. */
    TappedChannel channel(int number) {
        return endpoint.channels.get(number);
    }

    /** Waits until the first loop has done all that can be done by now. */
    void settle() {
        TappedPoller poller = endpoint.pollers.get(0);
        // What it is about in the first may have been found before; what is found in the second is done in it.
        for (int i = 0; i < 2; i++) {
            int polls = poller.polls();
            poller.wakeup();
            poller.awaitPollAfter(polls);
        }
    }

    /** What is told next, of those or ended. */
    static <T> T next(BlockingQueue<T> told) throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
    }

    static String text(ByteBuffer message) {
        return UTF_8.decode(message).toString();
    }

    static void send(Replies replies, String text) throws IOException {
        replies.send(UTF_8.encode(text));
    }

    @Override
    public void accepted(Request request) {
        accepted.add(request);
    }

    @Override
    public void ended(Request request) {
        ended.add(request);
    }

    @Override
    public void timedOut(Request request, TimeLimit limit) {
        timedOut.add(limit);
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        disconnects.add(cause);
    }

    @Override
    public void close() {
        server.close();
    }
}
