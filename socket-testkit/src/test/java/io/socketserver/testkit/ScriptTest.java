package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What scripts can do with a handler of streams. */
@Timeout(60)
class ScriptTest {

    private static final Handler<Connection> UPPER = connection -> {
        for (String line; (line = connection.readLine()) != null; ) {
            connection.writeLine(line.toUpperCase(Locale.ROOT));
        }
    };

    private static final Handler<Request> ECHO = request -> request.input().transferTo(request.output());

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void aConversationIsTestedInFiveLines() {
        Script.of(UPPER)
                .send("hello\n")
                .expect("HELLO\n")
                .send("bye\n")
                .expect("BYE\n")
                .endInput()
                .expectClosed();
    }

    @Test
    void aHandlerThatTalksFirstIsHeard() {
        Script.of(connection -> connection.writeLine("hello")).expect("hello\n").expectClosed();
    }

    @Test
    void oneReadGetsWhatOneStepHasSent() {
        List<String> pieces = new ArrayList<>();
        Handler<Connection> collecting = connection -> {
            ByteBuffer target = ByteBuffer.allocate(3);
            while (connection.read(target) >= 0) {
                pieces.add(UTF_8.decode(target.flip()).toString());
                target.clear();
            }
        };
        Script.of(collecting)
                .send("ab")
                .send("")
                .send("cdefg")
                .send("h")
                .endInput()
                .expectClosed();
        assertThat(pieces).containsExactly("ab", "cde", "fg", "h");
    }

    @Test
    void whatIsSentTogetherIsExpectedInParts() {
        Script.of(ECHO)
                .send("abcdef")
                .expect("ab")
                .expect("cd")
                .expect((byte) 'e', (byte) 'f')
                .close();
        Script.of(ECHO).send("ab").send("cd").expect("abcd").close();
    }

    @Test
    void whatIsNotKnownBeforehandIsTaken() {
        try (Script script = Script.of(connection -> connection.writeLine("it is " + connection.readLine()))) {
            assertThat(script.text()).isEmpty();
            assertThat(script.send("late\n").text()).isEqualTo("it is late\n");
            assertThat(script.bytes()).isEmpty();
            script.expectClosed();
        }
    }

    @Test
    void moreIsExpectedThanABufferHolds() {
        byte[] much = new byte[1_000_000];
        much[much.length - 1] = 1;
        Script.of(ECHO).send(much).expect(much).endInput().expectClosed();
        // The handler has got stuck when it is found that more is expected.
        Script.of(ECHO).send(much).idle(Duration.ZERO).expect(much).close();
    }

    @Test
    void aHandlerThatWritesWithoutEndWaitsForThePeerToRead() {
        Handler<Connection> endless = connection -> {
            while (true) {
                connection.writeLine("abc");
            }
        };
        Script.of(endless).expect("abc\nabc\n").expect("abc\n").close();
        Script.of(endless).reset().expectFailure(DisconnectedException.class);
    }

    @Test
    void endsOfEachDirectionAreStepsOfTheirOwn() {
        Handler<Connection> counting = connection -> {
            connection.writeLine("go on");
            connection.shutdownOutput();
            assertThat(connection.readLine()).isEqualTo("thanks");
            assertThat(connection.readLine()).isNull();
        };
        Script.of(counting)
                .expect("go on\n")
                .expectOutputEnded()
                .send("thanks\n")
                .endInput()
                .expectClosed();
    }

    @Test
    void aHandlerThatClosesAndGoesOnIsWaitedFor() {
        CountDownLatch more = new CountDownLatch(1);
        Script script = Script.of(connection -> {
            connection.close();
            assertThatThrownBy(connection::readLine).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> connection.writeLine("a")).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(connection::shutdownInput).isInstanceOf(ClosedChannelException.class);
            more.await();
            throw new EOFException();
        });
        script.expectOutputEnded();
        more.countDown();
        script.send("lost").expectFailure(EOFException.class);
    }

    @Test
    void anInputThatTheHandlerEndsIsEnded() {
        Script.of(connection -> {
                    connection.shutdownInput();
                    assertThat(connection.readLine()).isNull();
                    assertThat(connection.read(ByteBuffer.allocate(0))).isEqualTo(-1);
                })
                .send("lost\n")
                .expectClosed();
    }

    @Test
    void timePassesAtOnceAndExactly() {
        Handler<Connection> sleepy = connection -> {
            connection.readTimeout(Duration.ofMinutes(5));
            try {
                connection.readLine();
            } catch (SocketTimeoutException e) {
                connection.writeLine("you are asleep");
            }
        };
        Script.of(sleepy)
                .idle(Duration.ofMinutes(5).minusNanos(1))
                .expectNothing()
                .idle(Duration.ofNanos(1))
                .expect("you are asleep\n")
                .expectClosed();
        Script.of(sleepy)
                .idle(Duration.ofMinutes(4))
                .send("no\n")
                .idle(Duration.ofHours(1))
                .expectClosed();
    }

    @Test
    void eachTimeoutWithinATimePasses() {
        Handler<Connection> impatient = connection -> {
            connection.readTimeout(Duration.ofSeconds(1));
            for (int reminders = 0; reminders < 5; reminders++) {
                try {
                    connection.readLine();
                    return;
                } catch (SocketTimeoutException e) {
                    connection.writeLine("well?");
                }
            }
        };
        Script.of(impatient)
                .idle(Duration.ofMillis(3500))
                .expect("well?\n".repeat(3))
                .expectNothing()
                .close();
        Script.of(impatient)
                .idle(Duration.ofDays(1))
                .expect("well?\n".repeat(5))
                .expectClosed();
    }

    @Test
    void aWriteRunsOutOfTimeWhenThePeerDoesNotRead() {
        Script.of(connection -> {
                    connection.writeTimeout(Duration.ofSeconds(3));
                    connection.write(new byte[100_000]);
                })
                .idle(Duration.ofSeconds(2))
                .idle(Duration.ofSeconds(1))
                .expectFailure(SocketTimeoutException.class);
    }

    @Test
    void aTimeoutThatIsSetWhileAReadWaitsCountsFromThen() throws Exception {
        CountDownLatch given = new CountDownLatch(1);
        Connection[] reading = new Connection[1];
        Script script = Script.of(connection -> {
            reading[0] = connection;
            given.countDown();
            try {
                connection.readLine();
            } catch (SocketTimeoutException e) {
                connection.writeLine("asleep");
            }
        });
        script.idle(Duration.ofSeconds(7));
        given.await();
        reading[0].readTimeout(Duration.ofSeconds(2));
        script.idle(Duration.ofSeconds(2).minusNanos(1)).expectNothing();
        script.idle(Duration.ofNanos(1)).expect("asleep\n").expectClosed();
    }

    @Test
    void aResetLosesWhatWasNotRead() {
        Script.of(connection -> {
                    connection.readLine();
                    connection.readLine();
                })
                .send("a\n")
                .reset()
                .expectFailure(DisconnectedException.class);
    }

    @Test
    void aPeerGoesWhenTheHandlerHasDoneWhatItCan() {
        List<String> done = new ArrayList<>();
        Handler<Connection> answering = connection -> {
            done.add(connection.readLine());
            connection.writeLine("thanks");
            done.add("answered");
            connection.readLine();
        };
        Script.of(answering).send("a\n").close();
        Script.of(answering).send("b\n").reset().expectFailure(DisconnectedException.class);
        assertThat(done).containsExactly("a", "answered", "b", "answered");
    }

    @Test
    void aPeerThatHasGoneIsNoFailure() {
        Script.of(UPPER).send("a\n").expect("A\n").reset().expectClosed();
    }

    @Test
    void aPeerThatClosesIsReadToTheEndAndCannotBeWrittenTo() {
        List<String> read = new ArrayList<>();
        Script.of(connection -> {
                    read.add(connection.readLine());
                    read.add(connection.readLine());
                    assertThatThrownBy(() -> connection.writeLine("a")).isInstanceOf(DisconnectedException.class);
                })
                .send("a\n")
                .close();
        assertThat(read).containsExactly("a", null);
    }

    @Test
    void whatAHandlerThrowsIsReturned() {
        IOException failure = new EOFException("half a line");
        assertThat(Script.of(connection -> {
                            connection.writeLine("half");
                            throw failure;
                        })
                        .expectFailure(IOException.class))
                .isSameAs(failure);
    }

    @Test
    void anInterruptClosesAsOnASocket() {
        Script.of(connection -> {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(connection::readLine).isInstanceOf(ClosedByInterruptException.class);
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(connection.isOpen()).isFalse();
                })
                .send("a\n")
                .expectClosed();
    }

    @Test
    void repliesOfOtherThreadsAreWaitedForByThePatient() {
        CountDownLatch asked = new CountDownLatch(1);
        Script script = Script.of(connection -> {
                    Async<Boolean> other = Async.run(() -> {
                        asked.await();
                        connection.writeLine("from elsewhere");
                    });
                    connection.readLine();
                    other.join();
                })
                .patient();
        script.expectNothing();
        asked.countDown();
        script.expect("from elsewhere\n").close();
    }

    @Test
    void connectionsBelongToNoServer() {
        List<Connection> given = new ArrayList<>();
        Script.of(connection -> {
                    given.add(connection);
                    assertThat(connection.server()).isEmpty();
                    assertThat(connection.draining()).isFalse();
                    assertThat(connection.isOpen()).isTrue();
                    assertThat(Thread.currentThread().isDaemon()).isTrue();
                    assertThat(connection.remoteAddress()).hasToString("memory:script#1");
                    assertThat(connection.localAddress()).hasToString("memory:script");
                })
                .expectClosed();
        assertThat(given).hasSize(1).noneMatch(Connection::isOpen);
    }

    @Test
    void aScriptIsClosedTwiceAndHasNoMoreStepsThen() {
        Script script = Script.of(UPPER);
        script.close();
        script.close();
        assertThatThrownBy(() -> script.send("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(script::expectClosed).isInstanceOf(IllegalStateException.class);
    }
}
