package io.socketserver.concurrent;

import static io.socketserver.concurrent.LoopServer.next;
import static io.socketserver.concurrent.LoopServer.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loop makes of bytes that come in pieces, or were there before it. */
@Timeout(60)
class EventLoopIntakeTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);
    private static final Framing FRAMING = Framing.lengthPrefix(4).maxMessage(MEBIBYTE);

    private final LeakCheck leaks = LeakCheck.begin();
    private final LoopServer.Parts parts = LoopServer.parts();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] frame(byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(FRAMING.frameLength(message.length));
        FRAMING.encode(ByteBuffer.wrap(message), frame);
        return frame.array();
    }

    /** Sums up its bytes instead of sending them back, since the client writes before it reads. */
    private static final MessageHandler SUM = (message, replies) -> {
        ByteBuffer sum = ByteBuffer.allocate(8).putInt(message.remaining());
        int hash = 0;
        while (message.hasRemaining()) {
            hash = 31 * hash + message.get();
        }
        replies.send(sum.putInt(hash).flip());
    };

    private static void assertSummedUp(Connection client, byte[] message) throws IOException {
        ByteBuffer reply = ByteBuffer.wrap(client.input().readNBytes(12));
        int hash = 0;
        for (byte each : message) {
            hash = 31 * hash + each;
        }
        assertThat(new int[] {reply.getInt(), reply.getInt(), reply.getInt()}).containsExactly(8, message.length, hash);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 4096, 4097, 65_536, 70_000})
    void aFrameLongerThanTheLoopsBufferArrivesInPieces(int piece) throws Exception {
        parts.memory = MemoryOptions.defaults().capacity(piece);
        int largest = piece < 1000 ? 80_000 : MEBIBYTE;
        byte[][] messages = {noise(3), noise(largest), noise(0), noise(5000), noise(5)};
        try (LoopServer served = parts.start(SUM.over(FRAMING));
                Connection client = served.connect()) {
            for (byte[] message : messages) {
                client.write(frame(message));
                assertSummedUp(client, message);
            }
        }
    }

    @Test
    void severalInTheSamePiece() throws Exception {
        parts.memory = MemoryOptions.defaults().capacity(8 * MEBIBYTE);
        byte[][] messages = {noise(10), noise(MEBIBYTE), noise(60_000), noise(60_001), noise(MEBIBYTE), noise(10)};
        ByteBuffer all = ByteBuffer.allocate(3 * MEBIBYTE);
        for (byte[] message : messages) {
            all.put(frame(message));
        }
        try (LoopServer served = parts.start(SUM.over(FRAMING));
                Connection client = served.connect()) {
            client.write(all.flip());
            client.shutdownOutput();
            for (byte[] message : messages) {
                assertSummedUp(client, message);
            }
            assertThat(client.input().read()).isEqualTo(-1);
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void conversationsThatShareTheBufferDoNotMixTheirParts() throws Exception {
        byte[][] messages = new byte[10][];
        Connection[] clients = new Connection[messages.length];
        try (LoopServer served = parts.start(SUM.over(FRAMING))) {
            for (int i = 0; i < messages.length; i++) {
                messages[i] = noise(700 * (i + 1));
                clients[i] = served.connect();
            }
            for (int from = 0; from < messages.length * 700 + 4; from += 100) {
                for (int i = 0; i < messages.length; i++) {
                    byte[] frame = frame(messages[i]);
                    if (from < frame.length) {
                        clients[i].write(frame, from, Math.min(100, frame.length - from));
                    }
                }
            }
            for (int i = 0; i < messages.length; i++) {
                assertSummedUp(clients[i], messages[i]);
                clients[i].close();
            }
        }
    }

    @Test
    void aLargeFrameComesBackOverTcp() throws Exception {
        try (Server<Connection> server = Server.on(Tcp.bind("127.0.0.1", 0))
                        .dispatch(Dispatchers.eventLoop(EventLoopOptions.of(1)))
                        .handle(ECHO.over(FRAMING))
                        .start();
                Connection client = Tcp.connect("127.0.0.1", ((InetSocketAddress) server.address()).getPort())) {
            byte[] frame = frame(noise(MEBIBYTE));
            client.write(frame);
            assertThat(client.input().readNBytes(frame.length)).isEqualTo(frame);
        }
    }

    private static boolean isAdmitted(Connection connection, int maxLine) {
        try {
            return connection.readLine(maxLine) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAdmissionHasReadAheadIsHandled() throws Exception {
        parts.admission = connection -> isAdmitted(connection, 100);
        try (LoopServer served = parts.start(ECHO.over(Framing.lines()));
                Connection client = served.connect()) {
            client.write("password\none\ntwo\nhal".getBytes(UTF_8));
            assertThat(client.readLine()).isEqualTo("one");
            assertThat(client.readLine()).isEqualTo("two");
            client.writeLine("f");
            assertThat(client.readLine()).isEqualTo("half");
        }
    }

    @Test
    void alsoAfterAGreetingThatDoesNotFit() throws Exception {
        parts.admission = connection -> isAdmitted(connection, 100);
        parts.memory = MemoryOptions.defaults().capacity(64);
        String greeting = "x".repeat(200);
        MessageHandler greets = new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) throws IOException {
                send(replies, greeting);
                return this;
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) throws IOException {
                replies.send(message);
            }
        };
        try (LoopServer served = parts.start(greets.over(Framing.lines()));
                Connection client = served.connect()) {
            client.write("password\none\n".getBytes(UTF_8));
            // It is stuck in the greeting before any of that is taken.
            next(served.accepted);
            while (served.channel(0).events().isEmpty()) {
                Thread.onSpinWait();
            }
            served.settle();
            assertThat(client.readLine()).isEqualTo(greeting);
            assertThat(client.readLine()).isEqualTo("one");
        }
    }

    @Test
    void alsoWhatIsMoreThanALoopReadsAtOnce() throws Exception {
        parts.admission = connection -> isAdmitted(connection, MEBIBYTE);
        parts.memory = MemoryOptions.defaults().capacity(2 * MEBIBYTE);
        int password = 132_000;
        int lines = 13_000;
        try (LoopServer served = parts.start(ECHO.over(Framing.lines()));
                Connection client = served.connect()) {
            client.write(("x".repeat(password) + "\n" + "message 9\n".repeat(lines)).getBytes(UTF_8));
            for (int i = 0; i < lines; i++) {
                assertThat(client.readLine()).isEqualTo("message 9");
            }
        }
    }

    @Test
    void aReadThatFailsEndsTheConversation() throws Exception {
        try (LoopServer served = parts.start(ECHO.over(FRAMING));
                Connection client = served.connect()) {
            client.write(new byte[] {0x7f, -1, -1, -1});
            assertThat(client.input().read()).isEqualTo(-1);
            assertThat(next(served.failures)).hasMessageContaining("a message of 2147483647 bytes was announced");
        }
    }
}
