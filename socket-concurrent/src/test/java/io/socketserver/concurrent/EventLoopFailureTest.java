package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that can wait no more ends all of its conversations, and another takes what comes next. */
@Timeout(60)
class EventLoopFailureTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final MemoryEndpoint endpoint =
            MemoryEndpoint.bind(MemoryOptions.defaults().capacity(64));
    /** By the client's address, which a channel in front of it has too. */
    private final Map<SocketAddress, PollableChannel> behind = new ConcurrentHashMap<>();

    private final AtomicBoolean failing = new AtomicBoolean();
    private final Queue<Poller> pollers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore ended = new Semaphore(0);

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void thoseWhoseRepliesWaitEndToo() throws Exception {
        try (var log = new ChildLog()) {
            failWithOneThatIsStuck();
            assertThat(log.next()).isEqualTo("loop-1 has failed; its connections are closed");
        }
    }

    @Test
    void soTheyDoIfThatCannotBeLogged() throws Exception {
        try (var log = ChildLog.failing()) {
            failWithOneThatIsStuck();
            assertThat(log.next()).isEqualTo("loop-1 has failed; its connections are closed");
        }
    }

    private void failWithOneThatIsStuck() throws Exception {
        MessageHandler handler = (message, replies) -> replies.send(message);
        try (var server = Server.on(new Failing())
                .onError((request, failure) -> failures.add(failure))
                .observe(new Observer() {
                    @Override
                    public void ended(Request request) {
                        ended.release();
                    }
                })
                .dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1)))
                .handle(handler.over(Framing.lines()))
                .start()) {
            Connection stuck = endpoint.connect();
            for (int i = 0; i < 3; i++) {
                stuck.writeLine("a line that the client does not read, so that there is no room");
            }
            Connection last = endpoint.connect();
            assertServes(last);
            failing.set(true);
            // Not by what a client writes: it may have failed before that.
            pollers.element().wakeup();
            ended.acquire(2);
            assertThat(failures)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure)
                            .hasMessage("the event loop has failed")
                            .hasRootCauseMessage("no more polls"));
            stuck.close();
            last.close();
            try (Connection next = endpoint.connect()) {
                assertServes(next);
            }
            assertThat(server.statistics().failed()).isEqualTo(2);
        }
    }

    private static void assertServes(Connection client) throws IOException {
        client.writeLine("hello");
        assertThat(client.readLine()).isEqualTo("hello");
    }

    private Connection failing(Connection connection) {
        PollableChannel channel = (PollableChannel) connection.channel();
        behind.put(channel.remoteAddress(), channel);
        return Connection.of((PollableChannel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PollableChannel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openPoller")) {
                        return new FailingPoller(channel);
                    }
                    try {
                        return method.invoke(channel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Its connections have a poller that fails. */
    private final class Failing implements Endpoint<Connection> {

        @Override
        public @Nullable Connection accept(Duration timeout) throws IOException {
            Connection accepted = endpoint.accept(timeout);
            return accepted == null ? null : failing(accepted);
        }

        @Override
        public void wakeup() {
            endpoint.wakeup();
        }

        @Override
        public void stopAccepting() {
            endpoint.stopAccepting();
        }

        @Override
        public SocketAddress address() {
            return endpoint.address();
        }

        @Override
        public URI uri() {
            return endpoint.uri();
        }

        @Override
        public void close() {
            endpoint.close();
        }
    }

    /** Fails after a poll, once it is to. */
    private final class FailingPoller implements Poller {

        private final Poller poller;

        FailingPoller(PollableChannel example) throws IOException {
            poller = example.openPoller();
            pollers.add(poller);
        }

        @Override
        public Key register(PollableChannel channel, Target target) throws IOException {
            return poller.register(Objects.requireNonNull(behind.get(channel.remoteAddress())), target);
        }

        @Override
        public void poll() throws IOException {
            poller.poll();
            failOnce();
        }

        @Override
        public void pollNow() throws IOException {
            poller.pollNow();
            failOnce();
        }

        private void failOnce() throws IOException {
            if (failing.getAndSet(false)) {
                throw new IOException("no more polls");
            }
        }

        @Override
        public void wakeup() {
            poller.wakeup();
        }

        @Override
        public void close() throws IOException {
            poller.close();
        }
    }
}
