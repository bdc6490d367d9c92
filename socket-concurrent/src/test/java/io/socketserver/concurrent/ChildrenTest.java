package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of spares is told if that can be done, and done in any case. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ChildrenTest {

    private final LeakCheck leaks = LeakCheck.begin();
    private final List<Process> started = new ArrayList<>();
    private final Sleepers program = new Sleepers();
    private final Children children = new Children(
            program, ProcessOptions.defaults().spares(1).maxChildren(1).waitOnClose(false));

    @AfterEach
    void nothingIsLeft() throws Exception {
        children.close();
        assertThat(started).noneMatch(Process::isAlive);
        for (Process process : started) {
            process.destroyForcibly().waitFor();
            process.getOutputStream().close();
            process.getInputStream().close();
            process.getErrorStream().close();
        }
        leaks.assertNone();
    }

    @Test
    void oneThatCannotBeStartedIsMissingAndNoMore() throws Exception {
        try (var log = ChildLog.failing()) {
            program.broken = true;
            children.replenish();
            assertThat(log.next()).isEqualTo("a spare JVM cannot be started");
            program.broken = false;
            children.replenish();
            assertThat(started).hasSize(1);
        }
    }

    @Test
    void oneThatHadEndedIsReplaced() throws Exception {
        try (var log = ChildLog.failing()) {
            children.replenish();
            program.deaf = started.get(0);
            Child child = children.take(request());
            assertThat(log.next()).isEqualTo("child, a spare, had ended before it was needed");
            assertThat(started.get(0).isAlive()).isFalse();
            assertThat(child.alive()).isTrue();
        }
    }

    private static Request request() {
        InetSocketAddress nobody = new InetSocketAddress(0);
        return Datagram.of(ByteBuffer.allocate(0), false, nobody, nobody, (reply, to) -> {});
    }

    /** Does nothing, for a long time. */
    private final class Sleepers implements Program {

        boolean broken;

        @Nullable
        Process deaf;

        @Override
        public Child start(@Nullable Request request) throws IOException {
            if (broken) {
                throw new IOException("as a test");
            }
            Process process = new ProcessBuilder("sleep", "1000").start();
            started.add(process);
            return Child.of("sleep", process);
        }

        @Override
        public void introduce(Child child, Request request) throws IOException {
            if (deaf != null && child.stdin() == deaf.getOutputStream()) {
                throw new IOException("broken pipe");
            }
        }

        @Override
        public Traffic traffic(Request request) {
            throw new AssertionError("there is no relay");
        }
    }
}
