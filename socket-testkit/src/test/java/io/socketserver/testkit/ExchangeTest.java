package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.RequestHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final class UpperHandler implements Handler<Connection> {
        @Override
        public void handle(Connection connection) throws IOException {
            for (String line; (line = connection.readLine()) != null; ) {
                connection.writeLine(line.toUpperCase(Locale.ROOT));
            }
        }
    }

    private static final Handler<Request> ECHO = request -> request.input().transferTo(request.output());

    @Test
    void aHandlerIsTestedInALine() throws Exception {
        assertThat(Exchange.of("hello\n").with(new UpperHandler()).text()).isEqualTo("HELLO\n");
    }

    @Test
    void aClientMaySayNothing() throws Exception {
        assertThat(Exchange.of().with(ECHO).text()).isEmpty();
    }

    @Test
    void handlersOfEveryKindAreTested() throws Exception {
        assertThat(Exchange.of("a\n").with(ECHO).text()).isEqualTo("a\n");
        assertThat(Exchange.datagram("a").with(ECHO).texts()).containsExactly("a");
        Handler<Connection> each = RequestHandler.each(() -> new RequestHandler<>() {
            @Override
            protected void handle() throws IOException {
                request().writeLine("hello");
            }
        });
        assertThat(Exchange.of("").with(each).text()).isEqualTo("hello\n");
    }

    @Test
    void inputComesInTheChunksGiven() throws Exception {
        List<String> chunks = new ArrayList<>();
        Handler<Connection> collecting = connection -> {
            ByteBuffer target = ByteBuffer.allocate(3);
            while (connection.read(target) >= 0) {
                chunks.add(UTF_8.decode(target.flip()).toString());
                target.clear();
            }
            assertThat(connection.read(target)).isEqualTo(-1);
        };
        assertThat(Exchange.of("ab", "", "cdefg", "h").with(collecting).bytes()).isEmpty();
        assertThat(chunks).containsExactly("ab", "cde", "fg", "h");
    }

    @Test
    void bytesAreBytes() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(Exchange.of(all).with(ECHO).bytes()).isEqualTo(all);
        assertThat(Exchange.datagram(all).with(ECHO).replies()).containsExactly(all);
    }

    @Test
    void whatAHandlerThrowsComesOutAndWhatItWroteRemains() {
        Exchange exchange = Exchange.of("hello\n");
        IOException failure = new IOException();
        assertThatThrownBy(() -> exchange.with(connection -> {
                    connection.writeLine("half");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(exchange.text()).isEqualTo("half\n");
        assertThatThrownBy(() -> exchange.with(connection -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theReplyOfAFailedDatagramHandlerIsDiscarded() {
        DatagramExchange exchange = Exchange.datagram("hello");
        assertThatThrownBy(() -> exchange.with(datagram -> {
                    datagram.send(UTF_8.encode("sent"));
                    datagram.output().write('a');
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(exchange.texts()).containsExactly("sent");
    }

    @Test
    void repliesAreInOrderEmptyOnesIncluded() throws Exception {
        assertThat(Exchange.datagram("")
                        .with(datagram -> {
                            datagram.output().write('b');
                            datagram.send(ByteBuffer.allocate(0));
                            datagram.send(UTF_8.encode("a"));
                        })
                        .texts())
                .containsExactly("", "a", "b");
    }

    @Test
    void closingAndHalfClosingAreReported() throws Exception {
        Exchange plain = Exchange.of("").with(ECHO);
        assertThat(plain.closed()).isFalse();
        assertThat(plain.outputEnded()).isFalse();
        Exchange half = Exchange.of("").with(Connection::shutdownOutput);
        assertThat(half.closed()).isFalse();
        assertThat(half.outputEnded()).isTrue();
        assertThat(Exchange.of("").with(Connection::close).closed()).isTrue();
        assertThat(Exchange.datagram("").with(ECHO).closed()).isFalse();
        assertThat(Exchange.datagram("").with(Request::close).closed()).isTrue();
    }

    @Test
    void aConnectionThatHasEndedIsEnded() throws Exception {
        Exchange.of("hello").with(connection -> {
            connection.shutdownOutput();
            assertThatThrownBy(() -> connection.writeLine("a")).isInstanceOf(ClosedChannelException.class);
            connection.shutdownInput();
            assertThat(connection.readLine()).isNull();
            connection.close();
            assertThatThrownBy(connection::readLine).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(connection::shutdownInput).isInstanceOf(ClosedChannelException.class);
        });
    }

    @Test
    void requestsBelongToNoServer() throws Exception {
        Exchange.of("").with(connection -> {
            connection.readTimeout(Duration.ofSeconds(1));
            connection.writeTimeout(Duration.ofSeconds(1));
            assertThat(connection.server()).isEmpty();
            assertThat(connection.draining()).isFalse();
            assertThat(connection.remoteAddress()).hasToString("memory:exchange#1");
            assertThat(connection.localAddress()).hasToString("memory:exchange");
        });
    }

    @Test
    void aHandlerThatWritesWithoutEndIsStopped() {
        byte[] chunk = new byte[1024 * 1024];
        assertThatThrownBy(() -> Exchange.of("").with(connection -> {
                    while (true) {
                        connection.write(chunk);
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("16777216");
    }
}
