package io.socketserver.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.testkit.jqwik.ServerCommand.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ServerCommandProperties {

    @Provide
    Arbitrary<List<ServerCommand>> sequences() {
        return ServerCommand.sequences();
    }

    @Provide
    Arbitrary<List<ServerCommand>> legalSequences() {
        return ServerCommand.legalSequences();
    }

    @Property(tries = 500)
    void aServerDoesWhatIsSaidOfACommand(@ForAll("sequences") List<ServerCommand> commands) throws IOException {
        LeakCheck leaks = LeakCheck.begin();
        try (Server<Connection> server = Server.on(MemoryEndpoint.bind()).handle(connection -> {})) {
            ServerLife life = ServerLife.NEW;
            for (ServerCommand command : commands) {
                Outcome outcome = command.outcome(life);
                if (outcome == Outcome.THROWS) {
                    assertThatThrownBy(() -> command.applyTo(server)).isInstanceOf(IllegalStateException.class);
                } else if (outcome == Outcome.SUCCEEDS) {
                    command.applyTo(server);
                }
                life = command.after(life);
                assertThat(server.state()).isEqualTo(life.state());
            }
        }
        leaks.assertNone();
    }

    @Property(tries = 500)
    void whatIsLegalSucceeds(@ForAll("legalSequences") List<ServerCommand> commands) throws IOException {
        LeakCheck leaks = LeakCheck.begin();
        try (Server<Connection> server = Server.on(MemoryEndpoint.bind()).handle(connection -> {})) {
            for (ServerCommand command : commands) {
                command.applyTo(server);
            }
        }
        leaks.assertNone();
    }

    @Example
    void whatDependsOnTheMomentIsKnown() {
        ServerLife served = ServerCommand.SHUTDOWN.after(ServerCommand.START.after(ServerLife.NEW));
        assertThat(served).isEqualTo(new ServerLife(Server.State.DRAINING, true));
        assertThat(ServerCommand.START.outcome(served)).isEqualTo(Outcome.EITHER);
        assertThat(ServerCommand.SERVE_ONE.outcome(served)).isEqualTo(Outcome.EITHER);
        assertThat(ServerCommand.START.after(served)).isEqualTo(served);
    }

    @Example
    void everyCommandAndEveryOutcomeComesUp() {
        Set<ServerCommand> legal = new HashSet<>();
        ServerCommand.legalSequences().sampleStream().limit(1000).forEach(legal::addAll);
        assertThat(legal).containsExactlyInAnyOrder(ServerCommand.values());
        Set<Outcome> outcomes = new HashSet<>();
        ServerCommand.sequences().sampleStream().limit(1000).forEach(commands -> {
            ServerLife life = ServerLife.NEW;
            for (ServerCommand command : commands) {
                outcomes.add(command.outcome(life));
                life = command.after(life);
            }
        });
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }
}
