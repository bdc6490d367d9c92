package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler class in a fresh JVM behaves as it does in this one. */
@Timeout(120)
class HandlerClassTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
        assertThat(ProcessHandle.current().children()).as("children left").isEmpty();
    }

    static final class Echo implements Handler<Request> {
        @Override
        public void handle(Request request) throws Exception {
            System.out.println("printed");
            request.input().transferTo(request.output());
        }
    }

    static final class Talk implements Handler<Connection> {
        @Override
        public void handle(Connection connection) throws Exception {
            for (String line = connection.readLine(); line != null; line = connection.readLine()) {
                switch (line) {
                    case "pid" ->
                        connection.writeLine(
                                Long.toString(ProcessHandle.current().pid()));
                    case "addresses" ->
                        connection.writeLine(connection.localAddress() + " " + connection.remoteAddress());
                    case "throw" -> throw new IllegalStateException("as asked");
                    case "halt" -> Runtime.getRuntime().halt(7);
                    case "end" -> connection.shutdownOutput();
                    case "shut" -> connection.shutdownInput();
                    default -> connection.writeLine(line);
                }
            }
        }
    }

    static final class Packets implements Handler<Datagram> {
        @Override
        public void handle(Datagram datagram) throws Exception {
            datagram.send(datagram.payload());
            datagram.send(ByteBuffer.allocate(0));
            datagram.output().write("collected".getBytes(StandardCharsets.UTF_8));
            if (!datagram.payload().hasRemaining()) {
                throw new IllegalStateException("nothing came");
            }
        }
    }

    /** Two threads at once, each with a letter of its own. */
    static final class Twofold implements Handler<Datagram> {

        static final int COUNT = 200;

        static ByteBuffer reply(char letter) {
            return ByteBuffer.wrap(String.valueOf(letter).repeat(40_000).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void handle(Datagram datagram) throws Exception {
            FutureTask<Void> other = new FutureTask<>(() -> sendAll(datagram, 'a'));
            new Thread(other).start();
            sendAll(datagram, 'b');
            other.get();
        }

        private static Void sendAll(Datagram datagram, char letter) throws IOException {
            for (int i = 0; i < COUNT; i++) {
                datagram.send(reply(letter));
            }
            return null;
        }
    }

    @Test
    void aConnectionIsARealOne() throws Exception {
        try (var handler = ProcessHandler.running(Talk.class, options());
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            client.writeLine("pid");
            assertThat(client.readLine())
                    .isNotEqualTo(Long.toString(ProcessHandle.current().pid()));
            client.writeLine("addresses");
            SocketAddress server = served.endpoint.address();
            assertThat(client.readLine()).isEqualTo(server + " " + client.localAddress());
            client.writeLine("end");
            assertThat(client.readLine()).isNull();
            client.shutdownOutput();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aHandlerMayStopReading() throws Exception {
        try (var handler = ProcessHandler.running(Talk.class, options());
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            client.writeLine("shut");
            assertThat(client.readLine()).isNull();
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void whatAHandlerPrintsIsLoggedAndNotAnswered() throws Exception {
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(Echo.class, options());
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello")).isEqualTo("hello");
            assertThat(log.next()).isEqualTo("child: printed");
        }
    }

    @Test
    void whatTheJvmItselfSaysIsLoggedAndNotAnswered() throws Exception {
        // The first prints; the second warns, unless the system has large pages.
        ProcessOptions options = options("-XX:+PrintCommandLineFlags", "-XX:+UseLargePages");
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(Echo.class, options);
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello")).isEqualTo("hello");
            assertThat(log.next()).startsWith("child: ");
        }
    }

    @Test
    void twentyFaultyHandlersCostTwentyRequestsAndNoMore() throws Exception {
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(
                        Talk.class, options().maxChildren(4).spares(2));
                var served = Served.streams(handler);
                Connection healthy = served.connect()) {
            healthy.writeLine("well");
            assertThat(healthy.readLine()).isEqualTo("well");
            List<FutureTask<String>> faulty = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String fault = i % 2 == 0 ? "throw\n" : "halt\n";
                FutureTask<String> exchange = new FutureTask<>(() -> served.exchange(fault));
                faulty.add(exchange);
                new Thread(exchange).start();
            }
            List<Integer> statuses = new ArrayList<>();
            for (FutureTask<String> exchange : faulty) {
                assertThat(exchange.get()).isEmpty();
                statuses.add(served.nextFailure().exitStatus());
            }
            assertThat(statuses).containsOnly(1, 7);
            assertThat(log.next()).isEqualTo("child: java.lang.IllegalStateException: as asked");
            healthy.writeLine("goes on");
            assertThat(healthy.readLine()).isEqualTo("goes on");
            healthy.shutdownOutput();
            assertThat(healthy.readLine()).isNull();
            for (int i = 0; i <= 20; i++) {
                served.awaitEnded();
            }
            assertThat(served.failures).as("each is told once").isEmpty();
        }
    }

    @Test
    void aDatagramIsARealOneWithEmptyRepliesToo() throws Exception {
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(Packets.class, options());
                var served = Served.datagrams(handler);
                DatagramClient client = served.client()) {
            client.send("ping".getBytes(StandardCharsets.UTF_8));
            assertThat(client.receive().payload()).isEqualTo(ByteBuffer.wrap("ping".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.receive().payload().hasRemaining()).isFalse();
            assertThat(client.receive().payload())
                    .isEqualTo(ByteBuffer.wrap("collected".getBytes(StandardCharsets.UTF_8)));
            client.send(new byte[0]);
            assertThat(client.receive().payload().hasRemaining()).isFalse();
            assertThat(client.receive().payload().hasRemaining()).isFalse();
            assertThat(served.nextFailure().exitStatus()).isEqualTo(1);
            assertThat(log.next()).contains("nothing came");
            served.awaitEnded();
            served.awaitEnded();
            client.send("x".getBytes(StandardCharsets.UTF_8));
            assertThat(client.receive().payload().remaining())
                    .as("what a failed handler had collected is not sent")
                    .isEqualTo(1);
        }
    }

    @Test
    void repliesOfSeveralThreadsStayWhole() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(0);
        List<ByteBuffer> replies = new ArrayList<>();
        Datagram datagram =
                Datagram.of(ByteBuffer.allocate(0), false, nobody, nobody, (reply, to) -> replies.add(reply));
        try (var handler = ProcessHandler.running(Twofold.class, options())) {
            handler.handle(datagram);
        }
        assertThat(replies).hasSize(2 * Twofold.COUNT);
        assertThat(Set.copyOf(replies)).containsExactlyInAnyOrder(Twofold.reply('a'), Twofold.reply('b'));
    }

    @Test
    void aSpareAnswersAndIsReplaced() throws Exception {
        try (var handler = ProcessHandler.running(Talk.class, options().spares(2));
                var served = Served.streams(handler)) {
            List<Long> first = childrenNow();
            assertThat(first).hasSize(2);
            long answered = Long.parseLong(served.exchange("pid\n").strip());
            assertThat(first).contains(answered);
            served.awaitEnded();
            assertThat(childrenNow()).hasSize(2).doesNotContain(answered).containsAnyElementsOf(first);
        }
    }

    @Test
    void sparesCountAsChildren() throws Exception {
        try (var handler = ProcessHandler.running(
                        Talk.class, options().maxChildren(2).spares(5));
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            client.writeLine("begun");
            assertThat(client.readLine()).isEqualTo("begun");
            assertThat(childrenNow()).hasSize(2);
            client.shutdownOutput();
            assertThat(client.readLine()).isNull();
            served.awaitEnded();
            assertThat(childrenNow()).as("room for another spare").hasSize(2);
        }
    }

    @Test
    void aSpareIsReplacedWhileItAnswers() throws Exception {
        try (var handler = ProcessHandler.running(Talk.class, options().spares(1));
                var served = Served.streams(handler);
                Connection client = served.connect()) {
            while (childrenNow().size() < 2) {
                assertThat(Thread.interrupted()).as("out of time").isFalse();
            }
            client.shutdownOutput();
            assertThat(client.readLine()).isNull();
        }
    }

    @Test
    void aSpareThatDiedIsNoticedBeforeItIsUsed() throws Exception {
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(Talk.class, options().spares(1));
                var served = Served.streams(handler)) {
            ProcessHandle spare = ProcessHandle.current().children().findFirst().orElseThrow();
            spare.destroyForcibly();
            spare.onExit().join();
            assertThat(served.exchange("hello\n")).isEqualTo("hello\n");
            assertThat(log.next()).isEqualTo("child, a spare, had ended before it was needed");
            served.awaitEnded();
            assertThat(served.failures).isEmpty();
        }
    }

    @Test
    void aTimeOutIsRefusedWithAHint() throws Exception {
        try (var log = new ChildLog();
                var handler = ProcessHandler.running(Impatient.class, options());
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello\n")).isEmpty();
            assertThat(log.next()).contains("set them there, by the Limits of the server");
            assertThat(served.nextFailure().exitStatus()).isEqualTo(1);
        }
    }

    static final class Impatient implements Handler<Connection> {
        @Override
        public void handle(Connection connection) throws Exception {
            connection.readTimeout(Duration.ofSeconds(1));
        }
    }

    @Test
    void aClassThatCouldNotBeMadeThereIsRefusedHere() {
        Handler<Connection> lambda = connection -> {};
        @SuppressWarnings("unchecked")
        Class<? extends Handler<Connection>> hidden = (Class<? extends Handler<Connection>>) lambda.getClass();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProcessHandler.running(hidden, options()))
                .withMessageContaining("not a lambda");
        class Inner implements Handler<Connection> {
            @Override
            public void handle(Connection connection) {
                leaks.assertNone();
            }
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProcessHandler.running(Inner.class, options()))
                .withMessageContaining("a constructor without parameters");
    }

    private static List<Long> childrenNow() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    /** Test classes are patched into the module, which a fresh JVM has to be told. */
    private static ProcessOptions options(String... more) throws Exception {
        String name = HandlerClassTest.class.getSimpleName() + ".class";
        Path classes = Path.of(HandlerClassTest.class.getResource(name).toURI())
                .resolve("../../../..")
                .normalize();
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--patch-module=io.socketserver.concurrent=" + classes));
        return ProcessOptions.defaults().jvmOptions(options.toArray(String[]::new));
    }
}
