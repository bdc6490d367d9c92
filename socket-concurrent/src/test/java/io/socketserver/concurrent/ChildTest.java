package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Children come to their end, and strangers do not. */
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
}
