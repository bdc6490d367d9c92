package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A command is the other side of a connection. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class CommandStreamTest {

    private static final int PIECE = 16_384;

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
        assertThat(ProcessHandle.current().children()).as("children left").isEmpty();
    }

    @Test
    void catIsAnEchoServer() throws Exception {
        try (var handler = command("cat");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            client.writeLine("and again");
            assertThat(client.readLine()).as("relayed as it comes").isEqualTo("and again");
            client.shutdownOutput();
            assertThat(client.readLine()).isNull();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void halfCloseEndsTheInputAndTheReplyStillComes() throws Exception {
        try (var handler = command("sh", "-c", "tr a-z A-Z; echo end");
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello\n")).isEqualTo("HELLO\nend\n");
        }
    }

    @Test
    void tenMebibytesTravelBothWaysUnharmedHoweverSlowTheReaderIs() throws Exception {
        byte[] sent = new byte[10 << 20];
        byte[] received = new byte[sent.length];
        new Random(1).nextBytes(sent);
        AtomicInteger taken = new AtomicInteger();
        try (var handler = command("cat");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                while (taken.get() < sent.length) {
                    client.write(sent, taken.get(), PIECE);
                    taken.addAndGet(PIECE);
                }
                client.shutdownOutput();
                return null;
            });
            Thread sender = new Thread(sending);
            sender.start();
            for (int i = 0; i < sent.length; i += PIECE) {
                // Pipes hold a few hundred KiB between them; a relay that kept more would take more.
                assertThat(taken.get() - i).isLessThan(1 << 20);
                assertThat(client.input().readNBytes(received, i, PIECE)).isEqualTo(PIECE);
            }
            assertThat(client.input().read()).isNegative();
            sending.get();
            sender.join();
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void aChildThatExitsEndsTheConversationWhateverThePeerDoes() throws Exception {
        try (var handler = command("echo", "bye");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("bye");
            assertThat(client.readLine()).as("although this side is still open").isNull();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aChildThatClosesItsOutputEndsTheReplyAndReadsOn() throws Exception {
        try (var log = new ChildLog();
                var handler = command("sh", "-c", "echo reply; exec >&-; cat >&2");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            assertThat(client.readLine()).isEqualTo("reply");
            assertThat(client.readLine()).isNull();
            client.writeLine("more");
            client.shutdownOutput();
            assertThat(log.next()).isEqualTo("child: more");
            served.awaitEnded();
        }
    }

    @Test
    void aChildThatDoesNotReadHoldsUpNobody() throws Exception {
        try (var handler = command("sh", "-c", "exec <&-; read nothing; echo done; exit 0");
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            Served.say(client, new byte[1 << 20]);
            assertThat(client.readLine()).isEqualTo("done");
            served.awaitEnded();
            assertThat(served.failures).as("a broken pipe is no failure").isEmpty();
        }
    }

    @Test
    void aCrashCostsItsOwnRequestAndIsReportedOnceWithItsStatus() throws Exception {
        try (var log = new ChildLog();
                var handler =
                        command("sh", "-c", "read how; case $how in exit) exit 3;; kill) kill -9 $$;; esac; cat");
                var served = Served.streams(handler);
                Connection healthy = served.connect()) {
            healthy.writeLine("well");
            assertThat(served.exchange("exit\n")).isEmpty();
            ProcessFailedException exited = served.nextFailure();
            assertThat(exited.exitStatus()).isEqualTo(3);
            assertThat(exited).hasMessageMatching("sh \\(pid \\d+\\) has failed; exit status 3");
            assertThat(served.exchange("kill\n")).isEmpty();
            assertThat(served.nextFailure().exitStatus()).isEqualTo(137);
            healthy.writeLine("goes on");
            assertThat(healthy.readLine()).isEqualTo("goes on");
            healthy.shutdownOutput();
            assertThat(healthy.readLine()).isNull();
            for (int i = 0; i < 3; i++) {
                served.awaitEnded();
            }
            assertThat(served.failures).as("each is told once").isEmpty();
            assertThat(log.isEmpty()).isTrue();
        }
    }

    @Test
    void aFailureCanBeAnsweredWhenTheChildIsGone() throws Exception {
        try (var handler = command("false");
                var endpoint = MemoryEndpoint.bind();
                var server = Server.on(endpoint)
                        .onError((request, failure) -> {
                            try {
                                request.output().write("sorry".getBytes(StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .handle(handler)
                        .start();
                Connection client = endpoint.connect()) {
            assertThat(client.readLine()).isEqualTo("sorry");
            server.shutdown();
        }
    }

    @Test
    void standardErrorIsLoggedLineByLineAndEscaped() throws Exception {
        try (var log = new ChildLog();
                var handler = command("sh", "-c", "printf 'one\\ntwo\\033[2J\\n\\nlast' >&2");
                var served = Served.streams(handler)) {
            assertThat(served.exchange("")).isEmpty();
            assertThat(List.of(log.next(), log.next(), log.next(), log.next()))
                    .containsExactly("child: one", "child: two\\u001b[2J", "child: ", "child: last");
        }
    }

    @Test
    void muchStandardErrorHoldsUpNobody() throws Exception {
        try (var log = new ChildLog();
                var handler = command("sh", "-c", "head -c 1000000 /dev/zero >&2; echo done");
                var served = Served.streams(handler)) {
            assertThat(served.exchange("")).isEqualTo("done\n");
            assertThat(log.next()).endsWith("…").hasSizeLessThan(7 * LineLog.MAX_LINE);
        }
    }

    @Test
    void aPeerThatGoesAwayEndsAChildThatWrites() throws Exception {
        try (var handler = command("sh", "-c", "trap '' TERM PIPE; while echo more; do :; done; cat; exec sleep 1000");
                var served = Served.streams(handler)) {
            Connection client = served.connect();
            assertThat(client.readLine()).isEqualTo("more");
            client.close();
            assertThat(served.disconnects.poll(20, TimeUnit.SECONDS)).isNotNull();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aCommandThatIsNotThereIsAFailureOfItsRequest() throws Exception {
        try (var handler = command("/no/such/command");
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello")).isEmpty();
            assertThat(served.failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("/no/such/command");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aChildHasNoDescriptorButTheStandardThree() throws Exception {
        try (var handler = command("sh", "-c", "ls /proc/$$/fd");
                var other = Served.streams(handler);
                var served = Served.streams(handler);
                var socket = ServerSocketChannel.open()) {
            assertThat(socket.isOpen()).isTrue();
            assertThat(other.exchange("")).isEqualTo(served.exchange("")).isEqualTo("0\n1\n2\n");
        }
    }

    @Test
    void aCommandIsNeededAndNoSpares() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProcessHandler.command(ProcessOptions.defaults(), List.of()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(
                        () -> ProcessHandler.command(ProcessOptions.defaults().spares(1), "cat"))
                .withMessageContaining("spares are for handler classes");
    }

    private static ProcessHandler<Request> command(String... command) {
        return ProcessHandler.command(ProcessOptions.defaults(), command);
    }
}
