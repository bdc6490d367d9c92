package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessOptionsTest {

    private final ProcessOptions defaults = ProcessOptions.defaults();

    @Test
    void theDefaultsArePythons() {
        assertThat(defaults.maxChildren()).isEqualTo(40);
        assertThat(defaults.deadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.waitOnClose()).isTrue();
        assertThat(defaults.spares()).isZero();
    }

    @Test
    void eachOptionChangesItselfOnly() {
        ProcessOptions all = defaults.maxChildren(1)
                .deadline(Duration.ofNanos(2))
                .waitOnClose(false)
                .spares(3)
                .jvmOptions("-Xmx4m");
        assertThat(all.maxChildren()).isEqualTo(1);
        assertThat(all.deadline()).isEqualTo(Duration.ofNanos(2));
        assertThat(all.waitOnClose()).isFalse();
        assertThat(all.spares()).isEqualTo(3);
        assertThat(all.jvmOptions()).containsExactly("-Xmx4m");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(() -> defaults.maxChildren(0), "maxChildren must be 1 or more, not 0");
        refused(() -> defaults.spares(-1), "spares must be 0 or more, not -1");
        refused(() -> defaults.deadline(Duration.ZERO), "a deadline must be more than zero, not PT0S");
        refused(() -> defaults.deadline(Duration.ofSeconds(-1)), "a deadline must be more than zero");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeadlineMayHaveNoEnd() throws Exception {
        ProcessOptions endless = defaults.deadline(ChronoUnit.FOREVER.getDuration());
        try (var handler = ProcessHandler.command(endless, "cat");
                var served = Served.streams(handler)) {
            assertThat(served.exchange("hello")).isEqualTo("hello");
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(call)
                .withMessageContaining(message);
    }
}
