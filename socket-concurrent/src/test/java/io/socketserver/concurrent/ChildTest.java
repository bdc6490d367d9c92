package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Children come to their end also when the system does not show them, and strangers do not. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ChildTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
            process.getOutputStream().close();
            process.getInputStream().close();
            process.getErrorStream().close();
        }
        leaks.assertNone();
    }

    private DisguisedProcess process(String... command) throws IOException {
        DisguisedProcess process = new DisguisedProcess(command);
        started.add(process);
        return process;
    }

    private static Child child(Process process) {
        return Child.of("child", process);
    }

    @Test
    void descendantsOfAnotherWithTheNumberOfOneThatHasExitedAreSpared() throws Exception {
        DisguisedProcess stranger = process("sleep", "1000");
        Process exited = process("true").succeededByParentOf(stranger.toHandle());
        exited.waitFor();
        child(exited).endBecause("as a test");
        assertThat(stranger.told).isFalse();
    }

    @Test
    void soAreThoseOfAnotherWithTheNumberOfOneThatWasJustEnded() throws Exception {
        DisguisedProcess stranger = process("sleep", "1000");
        Process ending = process("sleep", "1000").succeededByParentOf(stranger.toHandle());
        child(ending).endBecause("as a test");
        assertThat(ending.isAlive()).isFalse();
        assertThat(stranger.told).isFalse();
    }

    @Test
    void oneWhoseDescendantsCannotBeLookedForIsEndedByItself() throws Exception {
        DisguisedProcess process = process("sleep", "1000");
        process.blind = true;
        Child child = child(process);
        Thread.currentThread().interrupt();
        try {
            child.endBecause("as a test");
        } finally {
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(child.awaitAnswered(Duration.ZERO)).isTrue();
    }

    @Test
    void onesThatCannotBeToldToEndAreToldWhenTheirPipesAreClosed() throws Exception {
        DisguisedProcess process = process("sleep", "1000");
        process.blind = true;
        process.helpless = true;
        Child.discard(List.of(child(process)));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void closingEndsSparesAndThoseInWork() throws Exception {
        Children children = new Children(
                new Program() {
                    @Override
                    public Child start(@Nullable Request request) throws IOException {
                        DisguisedProcess process = process("sleep", "1000");
                        process.blind = true;
                        return child(process);
                    }

                    @Override
                    public void introduce(Child child, Request request) {
                        assertThat(child.alive()).isTrue();
                    }

                    @Override
                    public Traffic traffic(Request request) {
                        throw new AssertionError("there is no relay");
                    }
                },
                ProcessOptions.defaults().spares(1).waitOnClose(false));
        children.replenish();
        InetSocketAddress nobody = new InetSocketAddress(0);
        Child working = children.take(Datagram.of(ByteBuffer.allocate(0), false, nobody, nobody, (reply, to) -> {}));
        children.replenish();
        children.close();
        assertThat(started).hasSize(2).noneMatch(Process::isAlive);
        assertThat(working.reason()).isEqualTo(Child.CLOSED);
    }

    @Test
    void aRequestWhoseChildHasDescendantsThatCannotBeLookedForEndsAtItsDeadline() throws Exception {
        DisguisedProcess process = process("sleep", "1000");
        process.blind = true;
        assertEndsAtItsDeadline(process, new Unread());
    }

    @Test
    void soDoesOneWhoseChildCanBeToldToEndOnlyWhenItsPipesAreClosed() throws Exception {
        DisguisedProcess process = process("sleep", "1000");
        process.blind = true;
        process.helpless = true;
        assertEndsAtItsDeadline(process, new Unread());
    }

    @Test
    void andOneWhosePeerCannotBeLeftAlone() throws Exception {
        assertEndsAtItsDeadline(process("sleep", "1000"), new Unread() {
            @Override
            public void stopFeeding() {
                super.stopFeeding();
                throw new IllegalStateException("as a test");
            }
        });
    }

    private static void assertEndsAtItsDeadline(Process process, Unread traffic) {
        Relay relay = new Relay(child(process), traffic, Duration.ofMillis(50));
        assertThatExceptionOfType(ProcessFailedException.class)
                .isThrownBy(() -> relay.run(() -> {}))
                .withMessageContaining("was ended: its deadline of PT0.05S has passed");
        assertThat(process.isAlive()).isFalse();
        assertThat(traffic.fed.getCount()).isZero();
    }

    /** Of a peer that says nothing, and is told nothing. */
    private static class Unread implements Traffic {

        final CountDownLatch fed = new CountDownLatch(1);

        @Override
        public void feed(OutputStream stdin) throws IOException {
            try {
                fed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void answer(InputStream stdout) throws IOException {
            stdout.readAllBytes();
        }

        @Override
        public void endAnswer() {
            // Nobody waits for it.
        }

        @Override
        public void stopFeeding() {
            fed.countDown();
        }

        @Override
        public void stopAnswering() {
            // The child's end does.
        }

        @Override
        public void complete() {
            throw new AssertionError("it was ended");
        }
    }
}
