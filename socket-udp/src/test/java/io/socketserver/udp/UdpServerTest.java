package io.socketserver.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Observer;
import io.socketserver.api.Observer.Refusal;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.Statistics;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UdpServerTest {

    private static final UdpOptions LARGE = UdpOptions.defaults().maxPacketSize(UdpOptions.LARGEST_PACKET);

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    @Test
    void packetsUpToTheLimitAreAnsweredAndLongerOnesRefused() throws Exception {
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        Observer observer = new Observer() {
            @Override
            public void refused(Request request, Refusal reason) {
                assertThat(reason).isEqualTo(Refusal.TRUNCATED);
                refused.add(((Datagram) request).payload().remaining());
            }
        };
        try (Server<Datagram> server =
                        builder(UdpOptions.defaults()).observe(observer).handle(Texts::echo);
                DatagramClient client = client(server.start())) {
            for (int size : new int[] {0, 1, 8192}) {
                client.send(bytes(size));
                assertThat(client.receive(Texts.PATIENCE).payload()).hasToString(ofSize(size));
            }
            for (int size : new int[] {8193, UdpOptions.LARGEST_PACKET}) {
                client.send(bytes(size));
            }
            Texts.send(client, "next");
            assertThat(Texts.receive(client)).isEqualTo("next");
            server.drain(Texts.PATIENCE);
            assertThat(refused).containsExactly(8192, 8192);
            Statistics statistics = server.statistics();
            assertThat(statistics.received()).isEqualTo(6);
            assertThat(statistics.completed()).isEqualTo(4);
            assertThat(statistics.active()).isZero();
            assertThat(statistics.refused(Refusal.TRUNCATED)).isEqualTo(2);
            assertThat(statistics.refused(Refusal.NOT_ADMITTED)).isZero();
            assertThat(statistics.refused(Refusal.REJECTED)).isZero();
        }
    }

    @Test
    void truncatedPacketsAreHandledWhereThatIsAskedFor() throws Exception {
        try (Server<Datagram> server = builder(UdpOptions.defaults())
                        .admittingTruncated()
                        .handle(datagram -> datagram.send(Texts.buffer(
                                datagram.truncated() + " " + datagram.payload().remaining())));
                DatagramClient client = client(server.start())) {
            client.send(bytes(8192));
            assertThat(Texts.receive(client)).isEqualTo("false 8192");
            for (int size : new int[] {8193, UdpOptions.LARGEST_PACKET}) {
                client.send(bytes(size));
                assertThat(Texts.receive(client)).isEqualTo("true 8192");
            }
        }
    }

    @Test
    void theLargestPacketThereIsGoesThroughWhole() throws Exception {
        try (Server<Datagram> server = builder(LARGE).handle(Texts::echo);
                DatagramClient client = client(server.start())) {
            for (int size : new int[] {8193, UdpOptions.LARGEST_PACKET}) {
                byte[] sent = bytes(size);
                client.send(sent);
                Datagram answer = client.receive(Texts.PATIENCE);
                assertThat(answer.truncated()).isFalse();
                assertThat(answer.input().readAllBytes()).isEqualTo(sent);
            }
        }
    }

    @Test
    void anEmptyDatagramIsAnsweredByAnEmptyOneOnlyIfAskedFor() throws Exception {
        try (Server<Datagram> server = builder(UdpOptions.defaults())
                        .handle(datagram -> datagram.input().transferTo(datagram.output()));
                DatagramClient client = client(server.start())) {
            Texts.send(client, "");
            Texts.send(client, "next");
            assertThat(Texts.receive(client)).isEqualTo("next");
            server.drain(Texts.PATIENCE);
            assertThat(server.statistics().completed()).isEqualTo(2);
        }
        try (Server<Datagram> server = builder(UdpOptions.defaults()).handle(Texts::echo);
                DatagramClient client = client(server.start())) {
            Texts.send(client, "");
            Texts.send(client, "next");
            assertThat(Texts.receive(client)).isEmpty();
            assertThat(Texts.receive(client)).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachOfManyClientsGetsItsOwnAnswers(boolean threads) throws Exception {
        Dispatcher dispatcher = threads ? new ThreadPerTask() : Dispatcher.sequential();
        try (Server<Datagram> server =
                builder(UdpOptions.defaults()).dispatch(dispatcher).handle(Texts::echo)) {
            server.start();
            List<FutureTask<Integer>> clients = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                String name = "client " + number;
                FutureTask<Integer> task = new FutureTask<>(() -> converse(server, name));
                new Thread(task, name).start();
                clients.add(task);
            }
            for (FutureTask<Integer> task : clients) {
                assertThat(task.get()).isEqualTo(25);
            }
            server.drain(Texts.PATIENCE);
            assertThat(server.statistics().received()).isEqualTo(40 * 25);
            assertThat(server.statistics().completed()).isEqualTo(40 * 25);
        }
    }

    @Test
    void anAnswerToSomebodyWhoIsGoneHarmsNobody() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Server<Datagram> server = builder(UdpOptions.defaults())
                .observe(failingOn(failures))
                .onError((request, failure) -> failures.add(failure))
                .handle(datagram -> {
                    if (Texts.of(datagram).equals("goodbye")) {
                        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
                        // The system answers each of these with a refusal.
                        for (int i = 0; i < 20; i++) {
                            datagram.send(Texts.buffer("too late"));
                        }
                    }
                    Texts.echo(datagram);
                })) {
            server.start();
            // Open before the other closes, whose port it could get otherwise.
            try (DatagramClient next = client(server)) {
                try (DatagramClient leaving = client(server)) {
                    Texts.send(leaving, "goodbye");
                }
                gone.countDown();
                Texts.send(next, "hello");
                assertThat(Texts.receive(next)).isEqualTo("hello");
            }
            server.drain(Texts.PATIENCE);
            assertThat(failures).isEmpty();
            assertThat(server.statistics().completed()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatCannotBeSentIsThatRequestsFailureAlone() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Server<Datagram> server = builder(UdpOptions.defaults())
                        .observe(failingOn(failures))
                        .onError((request, failure) -> failures.add(failure))
                        .handle(datagram -> datagram.output()
                                .write(Texts.of(datagram).equals("flood") ? bytes(65_508) : bytes(1)));
                DatagramClient client = client(server.start())) {
            Texts.send(client, "flood");
            Texts.send(client, "drop");
            assertThat(client.receive(Texts.PATIENCE).payload().remaining()).isOne();
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .hasMessageContaining("cannot send 65508 bytes to udp://127.0.0.1:"
                                    + ((InetSocketAddress) client.localAddress()).getPort()));
        }
    }

    private static ServerBuilder<Datagram> builder(UdpOptions options) throws IOException {
        return Server.on(Udp.bind("127.0.0.1", 0, options));
    }

    private static DatagramClient client(Server<Datagram> server) throws IOException {
        return Udp.open("127.0.0.1", ((InetSocketAddress) server.address()).getPort(), LARGE);
    }

    private static int converse(Server<Datagram> server, String name) throws IOException {
        int right = 0;
        try (DatagramClient client = client(server)) {
            for (int i = 0; i < 25; i++) {
                String text = name + ", " + i;
                Texts.send(client, text);
                right += Texts.receive(client).equals(text) ? 1 : 0;
            }
        }
        return right;
    }

    private static Observer failingOn(Queue<Throwable> failures) {
        return new Observer() {
            @Override
            public void acceptFailed(Server<?> server, IOException failure, Duration pause) {
                failures.add(failure);
            }
        };
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static String ofSize(int size) {
        return "java.nio.HeapByteBufferR[pos=0 lim=" + size + " cap=" + size + "]";
    }
}
