package io.socketserver.concurrent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Limits;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import io.socketserver.api.TimeLimit;
import io.socketserver.api.framing.FramedHandler;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.api.spi.MessageDispatcher;
import io.socketserver.api.spi.MessageTask;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.MemoryOptions;
import io.socketserver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations that end at the worst moment: before their handler has begun, or on a thread of somebody else. */
@Timeout(60)
class EventLoopCutOffTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final Semaphore ended = new Semaphore(0);
    private final AtomicInteger called = new AtomicInteger();
    private final BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();

    /** What is to happen when a request has ended. */
    private interface AtTheEnd extends Observer {
        @Override
        void ended(Request request);
    }

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private FramedHandler counting() {
        MessageHandler counting = new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) {
                called.incrementAndGet();
                return this;
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) {
                called.incrementAndGet();
            }

            @Override
            public void finish(Replies replies) {
                called.incrementAndGet();
            }
        };
        return counting.over(Framing.lines());
    }

    @Test
    void whatIsCutOffAtItsBeginningCallsNoHandler() throws Exception {
        AtTheEnd observer = request -> ended.release();
        MemoryEndpoint streams = MemoryEndpoint.bind();
        MemoryDatagramEndpoint datagrams = MemoryDatagramEndpoint.bind();
        try (var ofStreams = Server.on(streams)
                        .observe(observer)
                        .dispatch(new CuttingOff())
                        .handle(counting());
                var ofDatagrams = Server.on(datagrams)
                        .observe(observer)
                        .dispatch(new CuttingOff())
                        .handle(counting());
                Connection client = streams.connect();
                DatagramClient sender = datagrams.client()) {
            client.writeLine("hello");
            sender.send(UTF_8.encode("hello"));
            // Only now, as nobody can write to what was cut off.
            ofStreams.start();
            ofDatagrams.start();
            ended.acquire(2);
            assertThat(ofStreams.statistics().active()).isZero();
            assertThat(ofDatagrams.statistics().active()).isZero();
        }
        assertThat(called).hasValue(0);
    }

    @Test
    void anObserverMayCloseTheServerOnTheThreadThatHasAnsweredADatagram() throws Exception {
        AtTheEnd observer = request -> {
            request.server().orElseThrow().close();
            ended.release();
        };
        MessageHandler handler = (message, replies) -> announced.add(replies.later());
        MemoryDatagramEndpoint datagrams = MemoryDatagramEndpoint.bind();
        Server<Datagram> server = Server.on(datagrams)
                .observe(observer)
                .dispatch(Dispatchers.eventLoop())
                .handle(handler.over(Framing.none()))
                .start();
        try (DatagramClient client = datagrams.client()) {
            client.send(UTF_8.encode("hello"));
            announced.take().close();
            ended.acquire();
            assertThat(server.state()).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void aDatagramThatIsCutOffIsNotWaitedForAnyMore() throws Exception {
        VirtualTime time = new VirtualTime();
        Duration limit = Duration.ofMinutes(1);
        Semaphore begun = new Semaphore(0);
        AtTheEnd observer = request -> ended.release();
        MessageHandler handler = (message, replies) -> {
            announced.add(replies.later());
            begun.release();
            new CountDownLatch(1).await();
        };
        MemoryDatagramEndpoint datagrams =
                MemoryDatagramEndpoint.bind("cut", MemoryOptions.defaults().time(time));
        try (var server = Server.on(datagrams)
                        .time(time)
                        .limits(Limits.none().requestDeadline(limit))
                        .observe(observer)
                        .dispatch(Dispatchers.eventLoop())
                        .handle(ignoringTheInterrupt(handler).over(Framing.none()))
                        .start();
                DatagramClient client = datagrams.client()) {
            client.send(UTF_8.encode("hello"));
            begun.acquire();
            time.advance(limit);
            ended.acquire();
            assertThat(server.statistics().timedOut(TimeLimit.REQUEST_DEADLINE)).isOne();
        }
    }

    private static MessageHandler ignoringTheInterrupt(MessageHandler handler) {
        return (message, replies) -> {
            try {
                handler.handle(message, replies);
            } catch (InterruptedException e) {
                // As if nothing had happened.
            }
        };
    }

    /** An event loop of which each conversation is cut off when it has just begun. */
    private static final class CuttingOff implements MessageDispatcher {

        private final MessageDispatcher loop = Dispatchers.eventLoop(EventLoopOptions.of(1));

        @Override
        public void execute(MessageTask task) {
            loop.execute(new CutOff(task));
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    private record CutOff(MessageTask task) implements MessageTask {

        @Override
        public boolean begin(Control control) {
            boolean begun = task.begin(control);
            control.cutOff();
            return begun;
        }

        @Override
        public void takeOver() {
            task.takeOver();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            task.end(failure);
        }

        @Override
        public FramedHandler handler() {
            return task.handler();
        }

        @Override
        public Request request() {
            return task.request();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return task.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return task.write(source);
        }

        @Override
        public void awaits(boolean toRead, boolean toWrite) {
            task.awaits(toRead, toWrite);
        }
    }
}
