package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LeakCheckTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @Test
    void nothingIsNoLeak() {
        assertThatCode(leaks::assertNone).doesNotThrowAnyException();
    }

    /** As a mocking library does to its own process. */
    @Test
    void attachingIsNoLeak() throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String self = String.valueOf(ProcessHandle.current().pid());
        Process attaching = new ProcessBuilder(jcmd, self, "VM.version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        attaching.getOutputStream().close();
        assertThat(attaching.waitFor()).isZero();
        leaks.assertNone();
    }

    @Test
    void threadsThatAreAboutToEndAreWaitedFor() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread before = Thread.currentThread();
        Async<Boolean> ending = Async.run(() -> {
            end.await();
            // Until the test's thread waits for this one.
            while (before.getState() != Thread.State.TIMED_WAITING && before.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        });
        end.countDown();
        leaks.assertNone();
        assertThat(ending.thread().isAlive()).isFalse();
    }

    @Test
    void aThreadThatLivesIsNamedWithItsStack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    begun.countDown();
                    end.join();
                },
                "left behind");
        thread.start();
        begun.await();
        try {
            assertThatThrownBy(() -> leaks.assertNone(Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("thread 'left behind' is ")
                    .hasMessageContaining(LeakCheckTest.class.getName());
            // It was there before the next check, so that its leak is told once.
            assertThatCode(LeakCheck.begin()::assertNone).doesNotThrowAnyException();
        } finally {
            end.complete(null);
        }
        leaks.assertNone();
    }

    @Test
    void whatTheRuntimeKeepsForTimeoutsIsNoLeak() {
        CompletableFuture<Void> bounded = new CompletableFuture<Void>().orTimeout(1, TimeUnit.HOURS);
        assertThat(bounded.cancel(false)).isTrue();
        leaks.assertNone();
    }

    @Test
    void aThreadMayStayIfItIsNamedBeforehand() throws Exception {
        LeakCheck named = LeakCheck.begin("driver-", "leak");
        LeakCheck otherwise = LeakCheck.begin("driver-", "is-leaked");
        Leaks.thread();
        named.assertNone(Duration.ofMillis(1));
        assertThatThrownBy(() -> otherwise.assertNone(Duration.ofMillis(1))).hasMessageContaining("'leaked'");
        Leaks.clean();
        leaks.assertNone();
        assertThatThrownBy(() -> LeakCheck.begin("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketThatIsOpenIsNamed() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(leaks::assertNone).hasMessageContaining("-> socket:");
        }
        try (ServerSocketChannel channel = ServerSocketChannel.open().bind(null)) {
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(leaks::assertNone).hasMessageContaining("-> socket:");
        }
        leaks.assertNone();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatIsOpenIsNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        try (var output = Files.newOutputStream(file)) {
            output.write(1);
            assertThatThrownBy(leaks::assertNone).hasMessageContaining("-> " + file);
        }
        leaks.assertNone();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisabledForJreRange(min = JRE.JAVA_21)
    void aSelectorThatIsOpenIsNamed() throws Exception {
        try (Selector selector = Selector.open()) {
            assertThat(selector.isOpen()).isTrue();
            assertThatThrownBy(leaks::assertNone).hasMessageContaining("eventpoll");
        }
        leaks.assertNone();
    }
}
