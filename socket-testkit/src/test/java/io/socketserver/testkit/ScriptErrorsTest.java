package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a script says when it fails; and that it leaves nothing then. */
@Timeout(60)
class ScriptErrorsTest {

    private static final Handler<Connection> UPPER = connection -> {
        for (String line; (line = connection.readLine()) != null; ) {
            connection.writeLine(line.toUpperCase(Locale.ROOT));
        }
    };

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private static String message(ThrowingCallable script) {
        return error(script).getMessage();
    }

    private static AssertionError error(ThrowingCallable script) {
        AssertionError error = catchThrowableOfType(AssertionError.class, script);
        assertThat(error).as("the error of a script").isNotNull();
        return error;
    }

    @Test
    void bothSidesAndWhatLedToIt() {
        String message = message(() -> Script.of(UPPER)
                .send("one\n")
                .expect("ONE\n")
                .send("this is number two\n")
                .expect("THIS IS NUMBER TW0\n"));
        assertThat(message).isEqualTo("""
                        step 4 has failed: server> "THIS IS NUMBER TW0\\n"
                        what was sent differs from byte 17 on, the first being 0
                        expected "THIS IS NUMBER TW0\\n"
                        actual   "THIS IS NUMBER TWO\\n"
                                expected                           actual
                        000000  54 48 49 53 20 49 53 20  THIS IS    54 48 49 53 20 49 53 20  THIS IS
                        000008  4e 55 4d 42 45 52 20 54  NUMBER T   4e 55 4d 42 45 52 20 54  NUMBER T
                        000010  57 30 0a                 W0.      | 57 4f 0a                 WO.
                        the handler waits for the peer
                        before that:
                            step 1: client> "one\\n"
                            step 2: server> "ONE\\n"
                            step 3: client> "this is number two\\n\"""");
    }

    @Test
    void onlyWhatIsNearTheDifferenceIsShownOfMuch() {
        byte[] much = new byte[100_000];
        byte[] other = much.clone();
        other[77_777] = 1;
        String message =
                message(() -> Script.of(connection -> connection.input().transferTo(connection.output()))
                        .send(much)
                        .expect(other));
        assertThat(message)
                .contains("from byte 77777 on")
                .contains("\n012fd0  00 01 00 00 00 00 00 00  ........ | 00 00 00 00 00 00 00 00  ........\n")
                .contains("(100000 bytes)")
                .hasSizeLessThan(2000);
    }

    @Test
    void nothingTooLittleAndTooMuch() {
        assertThat(message(() -> Script.of(UPPER).send("half").expect("HALF\n")))
                .contains("nothing was sent, and not \"HALF\\n\"\nthe handler waits for the peer");
        assertThat(message(() -> Script.of(UPPER).send("a\n").expect("A\nB\n")))
                .contains("only 2 bytes of 4 were sent")
                .contains("000000  41 0a 42 0a              A.B.     | 41 0a                    A.\n");
        assertThat(message(() -> Script.of(UPPER).send("a\n").expectNothing()))
                .contains("2 bytes too many were sent")
                .contains("expected \"\"\nactual   \"A\\n\"");
        assertThat(message(() -> Script.of(UPPER).send("a\n").endInput().expectClosed()))
                .contains("step 3 has failed: server> close\n2 bytes too many were sent")
                .contains("the handler has ended");
        assertThat(message(() -> Script.of(UPPER).send("a\n").endInput().expectOutputEnded()))
                .contains("2 bytes too many were sent");
    }

    @Test
    void allThatWasSentIsShownNotOnlyAsMuchAsWasExpected() {
        assertThat(message(() -> Script.of(UPPER).send("abc\n").expect("x"))).contains("actual   \"ABC\\n\"");
    }

    @Test
    void aHandlerThatDoesNotEnd() {
        assertThat(message(() -> Script.of(UPPER).expectClosed()))
                .isEqualTo("step 1 has failed: server> close\nthe handler waits for the peer");
        assertThat(message(() -> Script.of(UPPER).expectOutputEnded()))
                .isEqualTo("step 1 has failed: server> end\nthe output has not ended\nthe handler waits for the peer");
        assertThat(message(() -> Script.of(UPPER).expectFailure(IOException.class)))
                .isEqualTo("step 1 has failed: server> fail java.io.IOException\nthe handler waits for the peer");
    }

    @Test
    void aHandlerThatFailsIsTheCause() {
        IOException failure = new EOFException("half a line");
        Handler<Connection> failing = connection -> {
            connection.readLine();
            throw failure;
        };
        assertThat(error(() -> Script.of(failing).send("a\n").expect("A\n")))
                .hasCause(failure)
                .hasMessageContaining("the handler has thrown java.io.EOFException: half a line");
        assertThat(error(() -> Script.of(failing).send("a\n").expectClosed())).hasCause(failure);
        assertThat(error(() -> Script.of(failing).send("a\n").expectFailure(IllegalStateException.class)))
                .hasCause(failure);
        assertThat(error(() -> Script.of(failing).send("a\n").close())).hasCause(failure);
        assertThat(error(() -> {
                    try (Script script = Script.of(failing)) {
                        script.send("a\n").expectNothing();
                    }
                }))
                .hasCause(failure)
                .hasMessageContaining("client> close");
    }

    @Test
    void aHandlerThatDoesNotFail() {
        assertThat(message(() -> Script.of(UPPER).endInput().expectFailure(IOException.class)))
                .contains("the handler has ended");
    }

    /** A script whose handler has begun to wait for something that does not come, and which has little patience. */
    private static Script busy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Script script = Script.of(connection -> {
            begun.countDown();
            never.await();
        });
        script.send("a");
        begun.await();
        return script.limit(Duration.ofMillis(1));
    }

    @Test
    void aHandlerThatIsBusyForTooLongIsShownWithItsStack() throws InterruptedException {
        Script expecting = busy();
        assertThat(message(() -> expecting.expect("a")))
                .contains("the handler has been busy for 1 ms, which is too long:\n    at ")
                .contains("ScriptErrorsTest")
                .doesNotContain("HandlerThread");
        Script expectingNothing = busy();
        assertThat(message(expectingNothing::expectNothing)).contains("busy");
        Script closing = busy();
        assertThat(message(closing::close)).contains("busy");
    }

    @Test
    void aHandlerThatLoopsIsShownAndCanOnlyBeAskedToEnd() {
        Handler<Connection> looping = connection -> {
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
        };
        assertThat(message(() -> Script.of(looping).limit(Duration.ofMillis(1)).expect("a")))
                .contains("busy");
    }

    @Test
    void patienceHasAnEnd() {
        Script script =
                Script.of(UPPER).expectNothing().limit(Duration.ofMillis(1)).patient();
        assertThat(message(() -> script.expect("a")))
                .contains("the handler waits for the peer, and nobody else has sent anything either");
    }

    @Test
    void aScriptThatHasFailedGoesNoFurtherAndClosesInSilence() {
        Script script = Script.of(UPPER);
        assertThat(message(() -> {
                    try (script) {
                        script.expect("a");
                    }
                }))
                .contains("step 1");
        assertThatThrownBy(() -> script.send("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptOfTheScriptEndsIt() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThat(message(() -> Script.of(connection -> never.await()).expect("a")))
                .startsWith("step 1 has failed: server> \"a\"\nthe thread of the script was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatIsNoTextIsShownInHex() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(message(() -> Script.of(UPPER).send(Arrays.copyOf(all, 12)).expect("a")))
                .contains("client> hex 00 01 02 03 04 05 06 07 08 09 0a 0b");
    }
}
