package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Datagram;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatagramScriptTest {

    private static final Handler<Request> ECHO = request -> request.input().transferTo(request.output());

    /** Says something, says more, and fails at an empty datagram. */
    private static final Handler<Datagram> FAILING = datagram -> {
        datagram.send(UTF_8.encode("sent"));
        datagram.output().write('a');
        if (!datagram.payload().hasRemaining()) {
            throw new EOFException("empty");
        }
    };

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void eachStepIsADatagram() {
        Script.datagrams(ECHO)
                .send("one")
                .send("two")
                .expect("one")
                .expect("two")
                .send((byte) 0)
                .expect((byte) 0)
                .expectNothing()
                .close();
    }

    @Test
    void messageHandlersAnswerDatagrams() {
        MessageHandler echo = (message, replies) -> replies.send(message);
        Script.datagrams(echo.over(Framing.none()))
                .send("a")
                .expect("a")
                .send("")
                .expect("")
                .close();
    }

    @Test
    void repliesAreTakenOneByOne() {
        Handler<Datagram> twice = datagram -> {
            datagram.send(datagram.payload());
            datagram.send(ByteBuffer.wrap(new byte[] {'b'}));
        };
        try (DatagramScript script = Script.datagrams(twice).send("a")) {
            assertThat(script.text()).isEqualTo("a");
            assertThat(script.bytes()).containsExactly('b');
            assertThat(script.text()).isEmpty();
        }
    }

    @Test
    void aFailureCostsItsReplyAndNoOtherDatagram() {
        Script.datagrams(FAILING)
                .send("")
                .send("a")
                .expect("sent")
                .expectFailure(IOException.class)
                .expect("sent")
                .expect("a")
                .expectNothing()
                .close();
    }

    @Test
    void aFailureThatNobodyExpectsFailsTheScript() {
        assertThatThrownBy(
                        () -> Script.datagrams(FAILING).send("").expect("sent").close())
                .isInstanceOf(AssertionError.class)
                .hasMessage("step 3 has failed: client> close\nthe handler has thrown java.io.EOFException: empty\n"
                        + "before that:\n    step 1: client> \"\"\n    step 2: server> \"sent\"")
                .hasCauseInstanceOf(EOFException.class);
        assertThatThrownBy(() -> Script.datagrams(FAILING).send("").expectFailure(IllegalStateException.class))
                .hasMessageContaining("thrown java.io.EOFException: empty");
        assertThatThrownBy(() -> Script.datagrams(FAILING).send("a").expectFailure(IOException.class))
                .hasMessageContaining("the handler waits for the peer");
    }

    @Test
    void errorsShowBothSides() {
        assertThatThrownBy(() -> Script.datagrams(ECHO).send("abc").expect("abd"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what was sent differs from byte 2 on")
                .hasMessageContaining("000000  61 62 64                 abd      | 61 62 63                 abc\n");
        assertThatThrownBy(() -> Script.datagrams(ECHO).expect("abd"))
                .hasMessageContaining("nothing was sent, and not \"abd\"");
        assertThatThrownBy(() -> Script.datagrams(ECHO).send("abd").expectNothing())
                .hasMessageContaining("one reply too many: \"abd\"");
    }

    @Test
    void aHandlerThatIsBusyForTooLongIsShown() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        DatagramScript script = Script.datagrams(datagram -> {
                    begun.countDown();
                    never.await();
                })
                .send("a")
                .send("b");
        begun.await();
        assertThatThrownBy(() -> script.limit(Duration.ofMillis(1)).expect("a"))
                .hasMessageContaining("busy for 1 ms")
                .hasMessageContaining("DatagramScriptTest");
    }

    @Test
    void aScriptIsClosedTwiceAndHasNoMoreStepsThen() {
        DatagramScript script = Script.datagrams(ECHO);
        script.close();
        script.close();
        assertThatThrownBy(() -> script.send("a")).isInstanceOf(IllegalStateException.class);
    }
}
