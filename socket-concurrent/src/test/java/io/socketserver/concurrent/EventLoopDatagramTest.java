package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.send;
import static io.socketserver.concurrent.LoopServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams under an event loop, which are handled where they are received. */
@Timeout(30)
class EventLoopDatagramTest implements Observer {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final LeakCheck leaks = LeakCheck.begin();
    private final VirtualTime time = new VirtualTime();
    private final MemoryDatagramEndpoint endpoint =
            MemoryDatagramEndpoint.bind("datagrams", MemoryOptions.defaults().time(time));
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();
    private final BlockingQueue<Replies> conversations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> ended = new LinkedBlockingQueue<>();
    private final BlockingQueue<TimeLimit> timedOut = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> abandoned = new LinkedBlockingQueue<>();
    private final AtomicInteger finished = new AtomicInteger();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
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
    public void abandoned(Request request) {
        abandoned.add(request);
    }

    private Server<Datagram> serve(Limits limits, MessageHandler handler) {
        return Server.on(endpoint)
                .time(time)
                .limits(limits)
                .observe(this)
                .onError((request, failure) -> failures.add(failure))
                .dispatch(Dispatchers.eventLoop())
                .handle(Framing.none().handler(new MessageHandler() {
                    @Override
                    public void handle(ByteBuffer message, Replies replies) throws Exception {
                        handler.handle(message, replies);
                    }

                    @Override
                    public void finish(Replies replies) {
                        finished.incrementAndGet();
                    }
                }))
                .start();
    }

    private static void say(DatagramClient client, String text) throws IOException {
        client.send(text.getBytes(UTF_8));
    }

    private static String hear(DatagramClient client) throws IOException {
        return text(client.receive().payload());
    }

    private void assertEndedOnce() throws InterruptedException {
        next(ended);
        assertThat(ended).isEmpty();
        assertThat(finished).hasValue(1);
    }

    @Test
    void theyAreHandledByTheThreadThatReceivesThem() throws Exception {
        MessageHandler who = (message, replies) -> {
            send(replies, text(message));
            send(replies, Thread.currentThread().getName());
            send(replies, "");
        };
        try (Server<Datagram> server = serve(Limits.none(), who);
                DatagramClient client = endpoint.client()) {
            say(client, "hello\nyou");
            assertThat(hear(client)).isEqualTo("hello\nyou");
            assertThat(hear(client))
                    .doesNotStartWith("loop")
                    .isNotEqualTo(Thread.currentThread().getName());
            assertThat(hear(client)).isEmpty();
            assertEndedOnce();
            assertThat(server.statistics().completed()).isOne();
        }
    }

    @Test
    void aReplyMayComeLaterAndTheNextIsHandledMeanwhile() throws Exception {
        try (Server<Datagram> server = serve(Limits.none(), (message, replies) -> announced.add(replies.later()));
                DatagramClient client = endpoint.client()) {
            say(client, "one");
            say(client, "two");
            Replies.Later first = announced.take();
            Replies.Later second = announced.take();
            second.send(UTF_8.encode("second"));
            second.close();
            second.close();
            next(ended);
            assertThat(ended).isEmpty();
            first.send(UTF_8.encode("first"));
            assertThat(hear(client)).isEqualTo("second");
            assertThat(hear(client)).isEqualTo("first");
            first.close();
            next(ended);
            assertThatThrownBy(() -> first.send(UTF_8.encode("late"))).isInstanceOf(ClosedChannelException.class);
            assertThat(server.statistics().completed()).isEqualTo(2);
            assertThat(finished).hasValue(2);
        }
    }

    @Test
    void itsHandlerCanEndIt() throws Exception {
        MessageHandler quits = (message, replies) -> {
            announced.add(replies.later());
            send(replies, "bye");
            replies.end();
            replies.end();
            assertThatThrownBy(() -> send(replies, "too late")).isInstanceOf(ClosedChannelException.class);
        };
        try (Server<Datagram> server = serve(Limits.none(), quits);
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            assertThat(hear(client)).isEqualTo("bye");
            assertEndedOnce();
            announced.take().close();
            assertThat(server.statistics().completed()).isOne();
        }
        assertThat(finished).hasValue(1);
    }

    @Test
    void anotherThreadCanEndItThoughSomethingIsAnnounced() throws Exception {
        MessageHandler joins = (message, replies) -> {
            announced.add(replies.later());
            conversations.add(replies);
        };
        try (Server<Datagram> server = serve(Limits.none(), joins);
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            Replies replies = conversations.take();
            send(replies, "bye");
            replies.end();
            assertThat(hear(client)).isEqualTo("bye");
            assertEndedOnce();
            assertThatThrownBy(() -> announced.take().send(UTF_8.encode("late")))
                    .isInstanceOf(ClosedChannelException.class);
            assertThat(server.statistics().completed()).isOne();
        }
    }

    @Test
    void aFailureIsToldOnceAndEndsItThoughSomethingIsAnnounced() throws Exception {
        MessageHandler fails = (message, replies) -> {
            announced.add(replies.later());
            throw new IllegalStateException("told to");
        };
        try (Server<Datagram> server = serve(Limits.none(), fails);
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            assertThat(next(failures)).hasMessage("told to");
            assertEndedOnce();
            announced.take().close();
            assertThat(server.statistics().failed()).isOne();
        }
        assertThat(failures).isEmpty();
        assertThat(finished).hasValue(1);
    }

    @Test
    void aHandlerThatIsLateIsInterruptedAndTheNextIsServed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        MessageHandler stuck = (message, replies) -> {
            if (text(message.duplicate()).equals("stick")) {
                begun.countDown();
                new CountDownLatch(1).await();
            }
            replies.send(message);
        };
        try (Server<Datagram> server = serve(Limits.none().requestDeadline(LIMIT), stuck);
                DatagramClient client = endpoint.client()) {
            say(client, "stick");
            begun.await();
            time.advance(LIMIT);
            assertThat(next(timedOut)).isEqualTo(TimeLimit.REQUEST_DEADLINE);
            assertEndedOnce();
            say(client, "go on");
            assertThat(hear(client)).isEqualTo("go on");
            assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aReplyThatNeverComesIsNotWaitedForBeyondTheDeadline() throws Exception {
        try (Server<Datagram> server = serve(
                        Limits.none().requestDeadline(LIMIT), (message, replies) -> announced.add(replies.later()));
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            Replies.Later late = announced.take();
            time.advance(LIMIT);
            assertThat(next(timedOut)).isEqualTo(TimeLimit.REQUEST_DEADLINE);
            assertEndedOnce();
            assertThatThrownBy(() -> late.send(UTF_8.encode("late"))).isInstanceOf(IOException.class);
            late.close();
            assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
            assertThat(server.statistics().active()).isZero();
        }
        assertThat(finished).hasValue(1);
        assertThat(abandoned).isEmpty();
    }

    @Test
    void aReplyThatNeverComesIsNotWaitedForBeyondADrainsGrace() throws Exception {
        try (Server<Datagram> server = serve(Limits.none(), (message, replies) -> announced.add(replies.later()));
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            Replies.Later late = announced.take();
            assertThat(server.drain(Duration.ZERO).closedAtGrace()).isOne();
            assertEndedOnce();
            late.close();
        }
        assertThat(abandoned).isEmpty();
    }

    @Test
    void whoAnnouncesKeepsItsInterrupt() throws Exception {
        try (Server<Datagram> server = serve(Limits.none(), (message, replies) -> announced.add(replies.later()));
                DatagramClient client = endpoint.client()) {
            say(client, "a");
            Replies.Later later = announced.take();
            Thread.currentThread().interrupt();
            later.close();
            assertThat(Thread.interrupted()).isTrue();
            assertEndedOnce();
            assertThat(server.statistics().completed()).isOne();
        }
    }
}
