package io.socketserver.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.Network;
import io.socketserver.testkit.VirtualTime;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that have a server: some do what they should, some have to fail. */
final class ServerCases {

    private ServerCases() {}

    private static void leaveAThread() {
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Boolean> waiting = new FutureTask<>(() -> {
            end.await();
            return true;
        });
        Thread thread = new Thread(waiting, "left on purpose");
        thread.start();
        LEFT.add(() -> {
            end.countDown();
            thread.join();
        });
    }

    static final Handler<Request> ECHO = request -> request.input().transferTo(request.output());
    static final Handler<Request> FAILING = request -> {
        request.input().read();
        throw new EOFException("half");
    };

    private static final Duration TENTH = Duration.ofMillis(100);

    /** What tests have left on purpose, to be taken away afterwards. */
    static final List<AutoCloseable> LEFT = new ArrayList<>();

    static class Echo {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(ECHO);

        private Server<?> known;

        @BeforeEach
        void greets(Server<Connection> given, Connection first) throws IOException {
            known = given;
            first.writeLine("before");
            assertThat(first.readLine()).isEqualTo("before");
            first.close();
        }

        @Test
        void aClientIsGiven(Connection client) throws IOException {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
        }

        @Test
        void aClientIsAskedFor() throws IOException {
            Connection client = server.connect();
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            assertThat(server.server()).isSameAs(known);
            assertThat(server.uri()).isEqualTo(known.uri());
            assertThat(known.state()).isEqualTo(Server.State.SERVING);
            assertThatThrownBy(server::open)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("serves streams: connect() to it");
        }

        @Test
        void theTestMayEndTheServer() {
            server.server().close();
        }
    }

    static class Datagrams {

        @RegisterExtension
        static final ServerExtension<Datagram> SERVER =
                ServerExtension.on(() -> MemoryDatagramEndpoint.bind()).handle(ECHO);

        @Test
        void aClientIsGiven(DatagramClient client) throws IOException {
            client.send(new byte[] {1});
            assertThat(client.receive().payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
        }

        @Test
        void another(DatagramClient client) throws IOException {
            aClientIsGiven(client);
            assertThatThrownBy(SERVER::connect)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("serves datagrams: open() a client of it");
        }
    }

    static class OfBothKinds {

        @RegisterExtension
        final ServerExtension<Connection> streams =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(ECHO);

        @RegisterExtension
        final ServerExtension<Datagram> datagrams =
                ServerExtension.on(() -> MemoryDatagramEndpoint.bind()).handle(ECHO);

        @Test
        void eachHasItsClients(Connection client, DatagramClient sender) throws IOException {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            sender.send(new byte[] {1});
            assertThat(sender.receive().payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    /** Of which the one that ends first leaves the other's threads and sockets, which is no leak of anybody. */
    static class OnThreads {

        @RegisterExtension
        final ServerExtension<Connection> outer =
                ServerExtension.on(() -> MemoryEndpoint.bind()).build(OnThreads::onThreads);

        @Nested
        class Deep {

            @RegisterExtension
            final ServerExtension<Connection> inner =
                    ServerExtension.on(() -> MemoryEndpoint.bind()).build(OnThreads::onThreads);

            @Test
            void bothServe() throws IOException {
                for (Connection client : List.of(outer.connect(), inner.connect())) {
                    client.writeLine("hello");
                    assertThat(client.readLine()).isEqualTo("hello");
                }
            }
        }

        private static Server<Connection> onThreads(ServerBuilder<Connection> parts) {
            return parts.dispatch(new ThreadEach()).handle(ECHO);
        }
    }

    private static final class ThreadEach implements Dispatcher {

        @Override
        public void execute(Runnable task) {
            new Thread(task, "request").start();
        }

        @Override
        public void close() {
            // Its threads end with their requests.
        }
    }

    static class FailingOnANetwork {

        private final Network network = Network.seeded(4711, FaultPlan.none().delay(TENTH, TENTH));

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> network.bind("echo")).handle(ECHO);

        @Test
        void isToldWhatHappened(Connection client) throws IOException {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("goodbye");
        }
    }

    static class Composed {

        private final List<String> admitted = new ArrayList<>();

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.on(() -> MemoryEndpoint.bind("composed"))
                .build(parts -> parts.admitting(request -> admitted.add(request.toString()))
                        .time(new VirtualTime())
                        .handle(ECHO));

        @Test
        void serverIsAsComposed(Connection client) throws IOException {
            client.shutdownOutput();
            assertThat(client.readLine()).isNull();
            assertThat(admitted).hasSize(1);
            assertThat(server.uri()).hasToString("memory:composed");
        }
    }

    static class OnANetwork {

        private final Network network = Network.seeded(1, FaultPlan.none().delay(TENTH, TENTH));

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> network.bind("echo")).handle(ECHO);

        @Test
        void clientsAreOnItToo(Connection client) throws IOException {
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            assertThat(client.localAddress()).hasToString("memory:client#1");
            assertThat(network.time().nanoTime()).isEqualTo(4 * TENTH.toNanos());
            assertThatThrownBy(server::open)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("serves streams: connect() to it");
        }
    }

    static class DatagramsOnANetwork {

        private final Network network = Network.seeded(1, FaultPlan.none().delay(TENTH, TENTH));

        @RegisterExtension
        final ServerExtension<Datagram> server =
                ServerExtension.on(() -> network.bindDatagram("echo")).handle(ECHO);

        @Test
        void clientsAreOnItToo(DatagramClient client) throws IOException {
            client.send(new byte[] {1});
            assertThat(client.receive().payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
            assertThat(client.localAddress()).hasToString("memory:client#1");
            assertThat(network.time().nanoTime()).isEqualTo(2 * TENTH.toNanos());
            network.close();
            assertThatThrownBy(client::receive).isInstanceOf(ClosedChannelException.class);
        }
    }

    static class Expecting {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(FAILING);

        @Test
        void errorsAreExpected(Connection client) throws Exception {
            client.writeLine("a");
            assertThat(server.expectError(IOException.class)).hasMessage("half");
        }
    }

    static class Unexpecting {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(FAILING);

        @Test
        void errorsAreNotExpected(Connection client) throws IOException {
            client.writeLine("a");
            client.readLine();
            Connection second = server.connect();
            second.writeLine("a");
            second.readLine();
        }
    }

    static class ExpectingAnother {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(FAILING);

        @Test
        void anotherErrorIsExpected(Connection client) throws Exception {
            client.writeLine("a");
            server.expectError(IllegalStateException.class);
        }
    }

    static class Leaking {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(ECHO).grace(Duration.ofMillis(1));

        @Test
        void leavesAThreadAndASocket() throws Exception {
            leaveAThread();
            LEFT.add(SocketChannel.open());
        }
    }

    static class Tolerant {

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.on(() -> MemoryEndpoint.bind())
                .handle(ECHO)
                .grace(Duration.ofMillis(1))
                .mayStay("left on");

        @Test
        void leavesAThread() {
            leaveAThread();
        }
    }

    static class Stuck {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.on(() -> MemoryEndpoint.bind())
                .build(parts -> composed(parts).handle(connection -> {
                    begun.countDown();
                    never.await();
                }))
                .grace(Duration.ofMillis(1));

        ServerBuilder<Connection> composed(ServerBuilder<Connection> parts) {
            return parts;
        }

        @Test
        void aRequestDoesNotEnd(Connection client) throws Exception {
            client.writeLine("a");
            begun.await();
        }
    }

    static class StuckInTime extends Stuck {
        @Override
        ServerBuilder<Connection> composed(ServerBuilder<Connection> parts) {
            return parts.time(new VirtualTime());
        }
    }

    static class AtPath {

        static Path folder;

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.atPath((Path path) -> {
                    folder = path.getParent();
                    assertThat(folder).isEmptyDirectory();
                    Files.createFile(path);
                    return MemoryEndpoint.bind();
                })
                .handle(ECHO);

        @Test
        void leavesAFile() {}
    }

    static class Unbound {

        static Path folder;

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.<Connection>atPath(path -> {
                    folder = path.getParent();
                    throw new BindException("in use");
                })
                .handle(ECHO);

        @Test
        void isNotRun() {}
    }

    static class Uncomposed {

        static Endpoint<Connection> endpoint;

        @RegisterExtension
        final ServerExtension<Connection> server = ServerExtension.on(() -> endpoint = MemoryEndpoint.bind())
                .build(parts -> {
                    throw new IllegalStateException("not now");
                });

        @Test
        void isNotRun() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OfOneInstance {

        @RegisterExtension
        final ServerExtension<Connection> server =
                ServerExtension.on(() -> MemoryEndpoint.bind()).handle(ECHO);

        private final List<Server<?>> servers = new ArrayList<>();

        @Test
        void one(Server<Connection> given) {
            assertThat(servers).doesNotContain(given);
            servers.add(given);
        }

        @Test
        void another(Server<Connection> given) {
            one(given);
        }
    }
}
