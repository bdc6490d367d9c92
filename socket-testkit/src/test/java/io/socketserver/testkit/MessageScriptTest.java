package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageScriptTest {

    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void eachStepIsAMessage() {
        Script.messages(ECHO)
                .send("one")
                .send("")
                .expect("one")
                .expect("")
                .send("two")
                .expect("two")
                .endInput()
                .expectClosed();
    }

    @Test
    void framesOfTheHandlersOwnFramingAreWritten() {
        Script.messages(ECHO.over(Framing.lines())).send("a").expect("a").close();
        Script.messages(ECHO.over(Framing.fixed(3))).send("abc").expect("abc").close();
        Script.of(ECHO.over(Framing.lengthPrefix(2)))
                .send((byte) 0, (byte) 1)
                .expectNothing()
                .send("a")
                .expect((byte) 0, (byte) 1, (byte) 'a')
                .close();
        try (Script script = Script.messages(ECHO.over(Framing.lines()))) {
            assertThatThrownBy(() -> script.send("a\nb")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aGreetingAndALastWordAreHeard() {
        MessageHandler polite = new MessageHandler() {
            @Override
            public MessageHandler begin(Replies replies) throws Exception {
                replies.send(UTF_8.encode("hello"));
                return this;
            }

            @Override
            public void handle(ByteBuffer message, Replies replies) {
                replies.end();
            }

            @Override
            public void finish(Replies replies) throws Exception {
                assertThat(replies.request().isOpen()).isTrue();
            }
        };
        Script.messages(polite).expect("hello").send("bye").expectClosed();
    }

    @Test
    void messagesAreTakenOneByOne() {
        try (Script script = Script.messages(ECHO).send("a").send("b")) {
            assertThat(script.text()).isEqualTo("a");
            assertThat(script.text()).isEqualTo("b");
            assertThat(script.text()).isEmpty();
        }
    }

    @Test
    void announcedRepliesAreWaitedFor() throws Exception {
        BlockingQueue<Replies.Later> announced = new LinkedBlockingQueue<>();
        Script script = Script.messages((message, replies) -> announced.add(replies.later()))
                .send("a")
                .send("b");
        CountDownLatch heard = new CountDownLatch(1);
        Thread scripted = Thread.currentThread();
        Async<Boolean> other = Async.run(() -> {
            Replies.Later first = announced.take();
            Replies.Later second = announced.take();
            first.send(UTF_8.encode("later"));
            // Once more than needed, which does not count.
            first.close();
            first.close();
            heard.await();
            // Until the script waits, though its handler has nothing to do.
            while (scripted.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            second.send(UTF_8.encode("still later"));
            second.close();
        });
        script.expect("later");
        heard.countDown();
        script.expect("still later");
        other.join();
        assertThatThrownBy(() -> script.expect("never")).hasMessageContaining("nothing was sent");
    }

    @Test
    void flushedRepliesAreHeardBeforeTheHandlerGoesOn() throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        Script script = Script.messages((message, replies) -> {
                    replies.send(UTF_8.encode("working"));
                    replies.flush();
                    replies.send(UTF_8.encode(go.take()));
                })
                .send("work")
                .expect("working");
        go.add("done");
        script.expect("done").close();
    }

    @Test
    void messagesAreComparedAsMessages() {
        assertThatThrownBy(() -> Script.messages(ECHO).send("abc").send("def").expect("abd"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("step 3 has failed: server> \"abd\"")
                .hasMessageContaining("expected \"abd\"\nactual   \"abc\"\n");
        assertThatThrownBy(() -> Script.messages(ECHO).expect("abd")).hasMessageContaining("nothing was sent");
    }

    @Test
    void aMessageThatIsNoneIsTheHandlersFailure() {
        Script.of(ECHO.over(Framing.lines().maxMessage(3))).send("abcd").expectFailure(FramingException.class);
        Script.of(ECHO.over(Framing.lengthPrefix(2))).send("a").endInput().expectFailure(FramingException.class);
    }
}
