package io.socketserver.testkit.contract;

import static io.socketserver.testkit.contract.DatagramStage.payload;
import static io.socketserver.testkit.contract.DatagramStage.text;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Datagrams arrive as they were sent, and answers where they belong. */
final class DatagramClauses {

    private static final List<Integer> SIZES = List.of(1, 2, 3, 100, 1000, 1400);

    private DatagramClauses() {}

    static List<Clause<DatagramStage>> all() {
        return List.of(
                new Clause<>("boundaries", DatagramClauses::boundaries),
                new Clause<>("empty datagram", DatagramClauses::empty),
                new Clause<>("empty reply", DatagramClauses::emptyReply),
                new Clause<>("reply to the sender", DatagramClauses::replyToSender),
                new Clause<>("replies after accepting has stopped", DatagramClauses::replyAfterStop),
                new Clause<>("reply after close", DatagramClauses::replyAfterClose),
                new Clause<>("close unblocks receive", DatagramClauses::closeUnblocks),
                new Clause<>("receive time-out", DatagramClauses::timeout),
                new Clause<>("interrupted receive", DatagramClauses::interrupt),
                new Clause<>("closed client", DatagramClauses::closedClient));
    }

    // As many as were sent, each as long as it was sent, both ways. The order is not promised.
    private static void boundaries(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient client = stage.open(endpoint);
        for (int size : SIZES) {
            client.send(Pattern.bytes(0, size));
        }
        List<Datagram> received = new ArrayList<>();
        for (int i = 0; i < SIZES.size(); i++) {
            received.add(stage.accept(endpoint));
        }
        arrived(received);
        for (int size : SIZES) {
            received.get(0).send(ByteBuffer.wrap(Pattern.bytes(0, size)));
        }
        List<Datagram> answers = new ArrayList<>();
        for (int i = 0; i < SIZES.size(); i++) {
            answers.add(client.receive());
        }
        arrived(answers);
    }

    private static void arrived(List<Datagram> datagrams) {
        Set<Integer> sizes = new TreeSet<>();
        for (Datagram datagram : datagrams) {
            ByteBuffer payload = datagram.payload();
            sizes.add(payload.remaining());
            Check.that(!datagram.truncated(), "a datagram of " + payload.remaining() + " bytes is called truncated");
            Check.equal(
                    ByteBuffer.wrap(Pattern.bytes(0, payload.remaining())),
                    payload,
                    "the bytes of a datagram of " + payload.remaining());
        }
        Check.equal(new TreeSet<>(SIZES), sizes, "the lengths of the datagrams");
    }

    private static void empty(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient client = stage.open(endpoint);
        client.send(new byte[0]);
        Datagram received = stage.accept(endpoint);
        Check.equal(0, received.payload().remaining(), "the length of an empty datagram");
        Check.that(!received.truncated(), "an empty datagram is called truncated");
        // It is one that counts: the next comes after it, not instead.
        client.send(payload("next"));
        Check.equal("next", text(stage.accept(endpoint)), "the datagram after an empty one");
    }

    private static void emptyReply(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient client = stage.open(endpoint);
        client.send(payload("hello"));
        stage.accept(endpoint).send(ByteBuffer.allocate(0));
        Check.equal(0, client.receive().payload().remaining(), "the length of an empty reply");
    }

    /** Left out where a transport loses the sender of what is empty. */
    static Clause<DatagramStage> replyToEmpty() {
        return new Clause<>("reply to an empty datagram", stage -> {
            Endpoint<Datagram> endpoint = stage.endpoint();
            DatagramClient client = stage.open(endpoint);
            client.send(new byte[0]);
            stage.accept(endpoint).send(payload("hello"));
            Check.equal("hello", text(client.receive()), "the reply to an empty datagram");
        });
    }

    private static void replyToSender(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient first = stage.open(endpoint);
        DatagramClient second = stage.open(endpoint);
        first.send(payload("first"));
        Datagram fromFirst = stage.accept(endpoint);
        second.send(payload("second"));
        Datagram fromSecond = stage.accept(endpoint);
        fromFirst.output().write(1);
        stage.scope().close(fromFirst);
        fromSecond.output().write(2);
        stage.scope().close(fromSecond);
        Check.equal((byte) 1, first.receive().payload().get(), "the answer to the first of two clients");
        Check.equal((byte) 2, second.receive().payload().get(), "the answer to the second of two clients");
    }

    private static void replyAfterStop(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient client = stage.open(endpoint);
        client.send(payload("hello"));
        Datagram received = stage.accept(endpoint);
        endpoint.stopAccepting();
        received.send(payload("still"));
        Check.equal("still", text(client.receive()), "the answer after accepting has stopped");
    }

    private static void replyAfterClose(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        stage.open(endpoint).send(payload("hello"));
        Datagram received = stage.accept(endpoint);
        stage.scope().close(endpoint);
        Check.fails(ClosedChannelException.class, () -> received.send(payload("too late")), "a reply after close");
    }

    private static void closeUnblocks(DatagramStage stage) throws Exception {
        DatagramClient client = stage.open(stage.endpoint());
        Task<Datagram> receive = stage.scope().start(client::receive);
        receive.awaitBlocked();
        stage.scope().close(client);
        receive.fails(ClosedChannelException.class, "a receive that waited when its client was closed");
    }

    private static void timeout(DatagramStage stage) throws Exception {
        DatagramClient client = stage.open(stage.endpoint());
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(20))) {
            Check.fails(
                    SocketTimeoutException.class, () -> client.receive(timeout), "a receive for which nothing came");
        }
    }

    private static void interrupt(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.endpoint();
        DatagramClient client = stage.open(endpoint);
        Task<Boolean> receive = stage.scope().run(() -> {
            Check.fails(InterruptedIOException.class, client::receive, "an interrupted receive");
            Check.that(Thread.interrupted(), "an interrupted receive has not kept the thread's flag");
        });
        receive.awaitBlocked();
        receive.interrupt();
        receive.join();
        client.send(payload("hello"));
        stage.accept(endpoint).send(payload("still"));
        Check.equal("still", text(client.receive()), "what a client receives after an interrupt");
    }

    private static void closedClient(DatagramStage stage) throws Exception {
        DatagramClient client = stage.open(stage.endpoint());
        stage.scope().close(client);
        client.close();
        Check.fails(ClosedChannelException.class, () -> client.send(payload("hello")), "sending after close");
        Check.fails(ClosedChannelException.class, () -> client.receive(Duration.ZERO), "receiving after close");
    }
}
