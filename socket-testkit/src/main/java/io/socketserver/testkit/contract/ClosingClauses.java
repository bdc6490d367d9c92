package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** How connections end: by this side or the other, in one direction or both. */
final class ClosingClauses {

    private static final int SOME = 1000;

    private ClosingClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("close unblocks", ClosingClauses::closeUnblocks),
                new Clause<>("peer's close unblocks", ClosingClauses::peersCloseUnblocks),
                new Clause<>("half-close", ClosingClauses::halfClose),
                new Clause<>("shut-down input", ClosingClauses::shutdownInput),
                new Clause<>("double close", ClosingClauses::doubleClose),
                new Clause<>("use after close", ClosingClauses::useAfterClose),
                new Clause<>("end of stream", ClosingClauses::endOfStream),
                new Clause<>("lost peer", ClosingClauses::lostPeer));
    }

    private static void closeUnblocks(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Task<Integer> read = stage.scope().start(() -> pair.server().read(new byte[1]));
        Task<Boolean> write = stage.scope().start(new Flood(pair.server())::pour);
        read.awaitBlocked();
        write.awaitBlocked();
        stage.scope().close(pair.server());
        read.fails(ClosedChannelException.class, "a read that waited when this side was closed");
        write.fails(ClosedChannelException.class, "a write that waited when this side was closed");
    }

    private static void peersCloseUnblocks(StreamStage stage) throws Exception {
        Pair idle = stage.pair();
        Pair stuck = stage.pair();
        Task<Integer> read = stage.scope().start(() -> idle.client().read(new byte[1]));
        Task<Boolean> write = stage.scope().start(new Flood(stuck.client())::pour);
        read.awaitBlocked();
        write.awaitBlocked();
        stage.scope().close(idle.server());
        stage.scope().close(stuck.server());
        Check.equal(-1, read.join(), "what a read returns that waited when the peer closed");
        write.fails(DisconnectedException.class, "a write that waited when the peer closed");
    }

    // The question ends, and the answer still comes.
    private static void halfClose(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Task<Boolean> server = stage.scope().run(() -> {
            Pattern.expect(pair.server(), 0, SOME);
            endsHere(pair.server());
            new Flood(pair.server()).write(SOME);
            pair.server().shutdownOutput();
        });
        new Flood(pair.client()).write(SOME);
        pair.client().shutdownOutput();
        pair.client().shutdownOutput();
        Pattern.expect(pair.client(), 0, SOME);
        endsHere(pair.client());
        server.join();
        Check.fails(
                ClosedChannelException.class,
                () -> pair.client().write(new byte[1]),
                "a write after the output was shut down");
        Check.that(pair.client().isOpen() && pair.server().isOpen(), "a connection shut down in parts is not open");
    }

    private static void shutdownInput(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Task<Integer> read = stage.scope().start(() -> pair.server().read(new byte[1]));
        read.awaitBlocked();
        pair.server().shutdownInput();
        Check.equal(-1, read.join(), "what a read returns that waited when the input was shut down");
        endsHere(pair.server());
        new Flood(pair.server()).write(SOME);
        Pattern.expect(pair.client(), 0, SOME);
    }

    private static void doubleClose(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        for (Connection connection : List.of(pair.client(), pair.server())) {
            stage.scope().close(connection);
            Check.that(!connection.isOpen(), "a connection is open after close");
            connection.close();
            connection.input().close();
            connection.output().close();
        }
    }

    private static void useAfterClose(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection closed = pair.server();
        SocketAddress local = closed.localAddress();
        SocketAddress remote = closed.remoteAddress();
        stage.scope().close(closed);
        Check.equal(local, closed.localAddress(), "the local address after close");
        Check.equal(remote, closed.remoteAddress(), "the remote address after close");
        refuses(() -> closed.read(new byte[1]), "a read");
        refuses(() -> closed.write(new byte[1]), "a write");
        refuses(closed::shutdownInput, "shutting down the input");
        refuses(closed::shutdownOutput, "shutting down the output");
        refuses(() -> closed.readTimeout(StreamStage.LONG), "setting the read time-out");
        refuses(() -> closed.writeTimeout(StreamStage.LONG), "setting the write time-out");
    }

    private static void refuses(Check.Operation operation, String what) throws InterruptedException {
        Check.fails(ClosedChannelException.class, operation, what + " after close");
    }

    // What was written before the peer closed is read to its last byte.
    private static void endOfStream(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        new Flood(pair.client()).write(SOME);
        stage.scope().close(pair.client());
        Pattern.expect(pair.server(), 0, SOME);
        endsHere(pair.server());
        Check.that(pair.server().isOpen(), "the peer's close has closed this side too");
    }

    private static void lostPeer(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        stage.scope().close(pair.server());
        Check.fails(
                DisconnectedException.class,
                new Flood(pair.client())::pour,
                "writing without end to a peer that is gone");
        Check.that(pair.client().isOpen(), "a peer that is gone has closed this side too");
    }

    private static void endsHere(Connection connection) throws Exception {
        for (int i = 0; i < 2; i++) {
            Check.equal(-1, connection.read(new byte[1]), "what a read returns at the end of the stream");
        }
    }
}
