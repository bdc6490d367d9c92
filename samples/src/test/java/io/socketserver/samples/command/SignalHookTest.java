package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The exit status of a process with a hook, however it ends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class SignalHookTest {

    /** Ends as its argument says. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws IOException {
            Stdio stdio = Stdio.system();
            SignalHook hook = SignalHook.install(
                    () -> {
                        if (args[0].equals("failing")) {
                            throw new IOException("no way");
                        }
                        return "stopped";
                    },
                    stdio);
            try {
                stdio.print("ready");
                if (args[0].equals("exception")) {
                    throw new IOException("broken");
                }
                // Stands for the work that a signal ends.
                System.in.read();
            } finally {
                hook.cancel();
            }
            System.exit(3);
        }
    }

    @Test
    void signalMeansZero() throws Exception {
        try (Child program = Child.ofTests(Program.class, "work")) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine()).isEqualTo("stopped");
            assertThat(program.nextLine()).isNull();
            assertThat(program.status()).isZero();
        }
    }

    @Test
    void signalWhileTheActionFailsMeansOne() throws Exception {
        try (Child program = Child.ofTests(Program.class, "failing")) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.status()).isEqualTo(1);
            assertThat(program.errors().lines())
                    .containsExactly("socketserver: cannot stop in good order: java.io.IOException: no way");
        }
    }

    @Test
    void exitKeepsItsStatus() throws Exception {
        try (Child program = Child.ofTests(Program.class, "work")) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.type("");
            assertThat(program.nextLine()).isNull();
            assertThat(program.status()).isEqualTo(3);
        }
    }

    @Test
    void exceptionKeepsItsStatus() throws Exception {
        try (Child program = Child.ofTests(Program.class, "exception")) {
            assertThat(program.nextLine()).isEqualTo("ready");
            assertThat(program.nextLine()).isNull();
            assertThat(program.status()).isEqualTo(1);
            assertThat(program.errors()).contains("java.io.IOException: broken");
        }
    }
}
