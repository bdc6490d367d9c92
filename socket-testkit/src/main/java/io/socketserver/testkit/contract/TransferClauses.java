package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.testkit.contract.StreamStage.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Bytes arrive: all of them, in order, once. */
final class TransferClauses {

    private static final int MEBIBYTE = 1 << 20;
    private static final int STEPS = 1000;
    private static final int THREADS = 4;
    private static final int BLOCKS = 40;
    private static final int BLOCK = 4099;
    private static final byte END = (byte) 0xff;

    private TransferClauses() {}

    static List<Clause<StreamStage>> all() {
        return List.of(
                new Clause<>("basic I/O", TransferClauses::basic),
                new Clause<>("ping-pong", TransferClauses::pingPong),
                new Clause<>("racy reads", TransferClauses::racyReads),
                new Clause<>("racy writes", TransferClauses::racyWrites),
                new Clause<>("empty buffers", TransferClauses::emptyBuffers));
    }

    // To the server and back, with chunks of many sizes, so that they fit nothing exactly.
    private static void basic(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Task<Boolean> echo = stage.scope().run(() -> echo(pair.server(), MEBIBYTE));
        Task<Boolean> writer = stage.scope().run(() -> {
            Flood flood = new Flood(pair.client());
            for (int size = 1; flood.written() < MEBIBYTE; size = size * 3 % 65_521) {
                flood.write((int) Math.min(size, MEBIBYTE - flood.written()));
            }
        });
        Pattern.expect(pair.client(), 0, MEBIBYTE);
        writer.join();
        echo.join();
    }

    private static void echo(Connection connection, int total) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10_007);
        for (int count = 0; count < total; ) {
            int read = connection.read(buffer.clear());
            Check.that(read > 0, "a read returned " + read + " after " + count + " of " + total + " bytes");
            count += read;
            connection.write(buffer.flip());
        }
    }

    private static void pingPong(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Task<Boolean> other = stage.scope().run(() -> {
            for (int step = 0; step < STEPS; step++) {
                receive(pair.server(), 2 * step);
                send(pair.server(), 2 * step + 1);
            }
        });
        for (int step = 0; step < STEPS; step++) {
            send(pair.client(), 2 * step);
            receive(pair.client(), 2 * step + 1);
        }
        other.join();
    }

    private static void send(Connection connection, int value) throws IOException {
        connection.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
    }

    private static void receive(Connection connection, int expected) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES);
        while (buffer.hasRemaining()) {
            int count = connection.read(buffer);
            Check.that(count > 0, "a read returned " + count + " before step " + expected);
        }
        Check.equal(expected, buffer.getInt(0), "what was sent in a step");
    }

    // Each byte is for one of the readers; time-outs, where there are any, lose none.
    private static void racyReads(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        if (stage.timed()) {
            pair.server().readTimeout(Duration.ofMillis(1));
        }
        Semaphore ended = new Semaphore(0);
        Semaphore timeouts = new Semaphore(0);
        List<Task<byte[]>> readers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            readers.add(stage.scope().start(() -> readUntilEnd(pair.server(), ended, timeouts)));
        }
        for (Task<byte[]> reader : readers) {
            // Or the first could have read all before the last begins.
            reader.awaitBlocked();
        }
        byte[] sent = Pattern.bytes(0, 50_000);
        int[] expected = new int[256];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = sent[i] == END ? 0 : sent[i];
            expected[sent[i] & 0xff]++;
        }
        for (int from = 0; from < sent.length; from += 500) {
            if (stage.timed() && from % 5000 == 0) {
                // Now and then something comes just when a reader has run out of time.
                timeouts.drainPermits();
                timeouts.acquire();
            }
            pair.client().write(sent, from, 500);
        }
        for (int i = 0; i < THREADS; i++) {
            // One after the other, or a reader could get the end of another as well.
            pair.client().write(new byte[] {END});
            ended.acquire();
        }
        int[] received = new int[256];
        for (Task<byte[]> reader : readers) {
            for (byte value : reader.join()) {
                received[value & 0xff]++;
            }
        }
        Check.that(
                Arrays.equals(expected, received),
                "several readers have not got each byte once: "
                        + Arrays.stream(received).sum() + " bytes of " + sent.length);
    }

    private static byte[] readUntilEnd(Connection connection, Semaphore ended, Semaphore timeouts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[301];
        while (true) {
            try {
                int count = connection.read(buffer);
                Check.that(count > 0, "a read returned " + count);
                boolean last = buffer[count - 1] == END;
                all.write(buffer, 0, last ? count - 1 : count);
                if (last) {
                    ended.release();
                    return all.toByteArray();
                }
            } catch (SocketTimeoutException e) {
                // Without effect, so it is simply tried again.
                timeouts.release();
            }
        }
    }

    // What one call writes stays together, also while time-outs, where there are any, are changed.
    private static void racyWrites(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        List<Task<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte writer = (byte) i;
            writers.add(stage.scope().run(() -> writeBlocks(stage, pair.client(), writer)));
        }
        int[] next = new int[THREADS];
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < THREADS * BLOCKS; i++) {
            int count = pair.server().input().readNBytes(block, 0, BLOCK);
            Check.equal(BLOCK, count, "the length of a block");
            int writer = block[0] & 0xff;
            Check.that(writer < THREADS, "a block of no writer: " + writer);
            Check.that(
                    Arrays.equals(block(writer, next[writer]++), block),
                    "what one call has written is mixed with what another has, or out of order");
        }
        for (Task<Boolean> writer : writers) {
            writer.join();
        }
    }

    private static void writeBlocks(StreamStage stage, Connection connection, int writer) throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            if (stage.timed()) {
                connection.writeTimeout(StreamStage.LONG.plusSeconds(i));
            }
            connection.write(block(writer, i));
        }
    }

    private static byte[] block(int writer, int number) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) number);
        block[0] = (byte) writer;
        return block;
    }

    private static void emptyBuffers(StreamStage stage) throws Exception {
        Pair pair = stage.pair();
        Check.equal(0, pair.server().read(new byte[0]), "what a read into no room returns");
        pair.client().write(new byte[0]);
        byte[] buffer = new byte[8];
        Task<Integer> read = stage.scope().start(() -> pair.server().read(buffer));
        read.awaitBlocked();
        pair.client().write(new byte[0]);
        pair.client().write(new byte[] {7});
        Check.equal(1, read.join(), "what a read returns for two empty writes and a byte");
        Check.equal((byte) 7, buffer[0], "that byte");
    }
}
