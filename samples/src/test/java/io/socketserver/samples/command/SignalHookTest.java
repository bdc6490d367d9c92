package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.api.ShutdownHook;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.time.Duration;
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

        @SuppressWarnings("try") // the hook is there to be closed
        public static void main(String[] args) throws IOException {
            Stdio stdio = Stdio.system();
            Server<Connection> server = Server.on(Tcp.bind("localhost", 0)).handle(connection -> {});
            try (ShutdownHook hook = SignalHook.install(server, Duration.ofSeconds(5), stdio)) {
                stdio.print("ready");
                if (args[0].equals("exception")) {
                    throw new IOException("broken");
                }
                // Stands for the work that a signal ends.
                System.in.read();
            }
            System.exit(3);
        }
    }

    @Test
    void signalMeansZero() throws Exception {
        try (Child program = Child.ofTests(Program.class, "work")) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine())
                    .startsWith("drained in ")
                    .endsWith(" ms: 0 completed, 0 closed at the grace, 0 abandoned");
            assertThat(program.nextLine()).isNull();
            assertThat(program.status()).isZero();
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
