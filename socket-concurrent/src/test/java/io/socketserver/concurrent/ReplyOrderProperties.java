package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whoever replies, and when: what was sent after something else arrives after it. */
class ReplyOrderProperties {

    private static final Framing FRAMING = Framing.lengthPrefix(4).maxMessage(1 << 20);

    /** Who sends the next reply. */
    enum Who {
        HANDLER,
        /** Another thread, while the handler waits for that. */
        HELPER,
        /** The handler, and has it go out. */
        FLUSHING_HANDLER,
        /** Another thread, between two messages. */
        SOMEBODY
    }

    /** One reply. */
    record Turn(Who who, int size) {}

    @Provide
    Arbitrary<List<Turn>> turns() {
        // Short ones, some that do not fit in a pipe, and a few that do not fit in the loop's buffer.
        Arbitrary<Integer> size = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(4, 60)),
                Tuple.of(10, Arbitraries.integers().between(61, 5000)),
                Tuple.of(1, Arbitraries.integers().between(60_000, 140_000)));
        return Combinators.combine(Arbitraries.of(Who.class), size)
                .as(Turn::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    // Few that are tiny: each byte costs two threads a turn then.
    @Provide
    Arbitrary<Integer> capacities() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 20)),
                Tuple.of(9, Arbitraries.integers().between(21, 3000)));
    }

    /** A conversation in which the replies are sent in the order of a list. */
    private static final class Script implements MessageHandler, AutoCloseable {

        private final List<Turn> turns;
        private final ExecutorService helper = Executors.newSingleThreadExecutor();
        private final BlockingQueue<Replies> conversation = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> done = new LinkedBlockingQueue<>();

        Script(List<Turn> turns) {
            this.turns = turns;
        }

        @Override
        public MessageHandler begin(Replies replies) {
            conversation.add(replies);
            return this;
        }

        /** Sends all replies from the one that the message names, up to one that is somebody else's. */
        @Override
        public void handle(ByteBuffer message, Replies replies) throws Exception {
            int next = message.getInt();
            for (; next < turns.size() && turns.get(next).who != Who.SOMEBODY; next++) {
                int number = next;
                if (turns.get(number).who == Who.HELPER) {
                    helper.submit(() -> send(replies, number)).get();
                } else {
                    send(replies, number);
                }
                if (turns.get(number).who == Who.FLUSHING_HANDLER) {
                    replies.flush();
                }
            }
            done.add(next);
        }

        private boolean send(Replies replies, int number) throws IOException {
            replies.send(ByteBuffer.allocate(turns.get(number).size).putInt(0, number));
            return true;
        }

        /** Plays the client that asks, and somebody. */
        boolean ask(MessageChannel client) throws Exception {
            Replies replies = conversation.take();
            int next = 0;
            while (next < turns.size()) {
                if (turns.get(next).who == Who.SOMEBODY) {
                    send(replies, next++);
                } else {
                    client.send(ByteBuffer.allocate(4).putInt(0, next));
                    next = done.take();
                }
            }
            return true;
        }

        @Override
        public void close() {
            helper.shutdown();
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void repliesArriveInTheOrderInWhichTheyWereSent(
            @ForAll("turns") List<Turn> turns, @ForAll("capacities") int capacity) throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        FutureTask<Boolean> asked;
        LoopServer.Parts parts = LoopServer.parts();
        parts.memory = MemoryOptions.defaults().capacity(capacity);
        // So that nobody waits for room: this is about the order.
        parts.options = EventLoopOptions.of(1).maxQueued(Integer.MAX_VALUE);
        try (Script script = new Script(turns);
                LoopServer served = parts.start(script.over(FRAMING));
                Connection connection = served.connect()) {
            MessageChannel client = MessageChannel.of(connection, FRAMING);
            asked = new FutureTask<>(() -> script.ask(client));
            new Thread(asked, "asking").start();
            for (int i = 0; i < turns.size(); i++) {
                ByteBuffer reply = client.receive();
                assertThat(reply.remaining()).isEqualTo(turns.get(i).size);
                assertThat(reply.getInt()).isEqualTo(i);
            }
            assertThat(asked.get()).isTrue();
            connection.shutdownOutput();
            assertThat(client.receive()).isNull();
            assertThat(served.failures).isEmpty();
        }
        leaks.assertNone();
    }
}
