package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything may be called at any time, by anybody. */
final class ConcurrencyClauses {

    private static final int THREADS = 4;
    private static final int CALLS = 100;

    private ConcurrencyClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(new Clause<>("concurrent methods", ConcurrencyClauses::concurrentMethods));
    }

    // While a read waits, all else goes on, on many threads at once.
    private static void concurrentMethods(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Connection busy = pair.server();
        byte[] received = new byte[1];
        Task<Integer> read = stage.scope().start(() -> busy.read(received));
        read.awaitBlocked();
        List<Task<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            callers.add(stage.scope().run(() -> callAll(busy, stage.timed())));
        }
        byte[] written = pair.client().input().readNBytes(THREADS * CALLS);
        Check.equal(THREADS * CALLS, written.length, "the number of bytes that many threads have written");
        for (Task<Boolean> caller : callers) {
            caller.join();
        }
        Check.that(!read.ended(), "a read that waited has ended although nothing came");
        pair.client().write(new byte[] {7});
        Check.equal(1, read.join(), "what a read returns that waited all along");
        Check.equal((byte) 7, received[0], "that byte");
    }

    private static void callAll(Connection connection, boolean timed) throws IOException {
        for (int i = 0; i < CALLS; i++) {
            // Without time-outs from the beginning there may be no way to have some now.
            Duration timeout = timed ? StreamStage.LONG.plusSeconds(i) : Duration.ZERO;
            connection.readTimeout(timeout);
            connection.write(new byte[1]);
            connection.writeTimeout(timeout);
            Check.that(connection.isOpen(), "a connection in use is not open");
            Check.that(!connection.readTimeout().isNegative(), "the read time-out");
            Check.that(!connection.writeTimeout().isNegative(), "the write time-out");
            Check.equal(connection.localAddress(), connection.localAddress(), "the local address");
            Check.equal(connection.remoteAddress(), connection.remoteAddress(), "the remote address");
            Check.that(!connection.toString().isEmpty(), "a connection without a name");
        }
    }
}
