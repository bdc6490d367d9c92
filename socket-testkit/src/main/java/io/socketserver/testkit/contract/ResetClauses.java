package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Endpoint;
import java.io.Closeable;
import java.util.List;

/** A peer that does not say goodbye, where there is a way to be one. */
final class ResetClauses {

    private final StreamContracts.Resetting resetting;

    private ResetClauses(StreamContracts.Resetting resetting) {
        this.resetting = resetting;
    }

    static List<Clause<StreamStage>> all(StreamContracts.Resetting resetting) {
        return List.of(new Clause<>("reset", new ResetClauses(resetting)::reset));
    }

    private void reset(StreamStage stage) throws Exception {
        Endpoint<Connection> endpoint = stage.endpoint();
        Closeable rude = stage.scope().own(resetting.connect(endpoint));
        Connection server = stage.accept(endpoint);
        // Left unread, which some transports need to take a close for a reset.
        server.write(new byte[1]);
        stage.scope().close(rude);
        Check.fails(DisconnectedException.class, () -> server.read(new byte[1]), "a read after a reset");
        Check.fails(DisconnectedException.class, new Flood(server)::pour, "writing without end after a reset");
        Check.that(server.isOpen(), "a reset has closed this side too");
    }
}
