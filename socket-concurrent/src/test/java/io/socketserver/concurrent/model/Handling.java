package io.socketserver.concurrent.model;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import java.time.Duration;

/** Has a connection, and a thread, to itself. */
final class Handling implements Handler<Connection> {

    private final Errands errands;
    private final Duration patience;

    /**
     * Makes one.
     *
     * @param patience how long it waits for its client; zero for as long as the server lets it
     */
    Handling(Errands errands, Duration patience) {
        this.errands = errands;
        this.patience = patience;
    }

    @Override
    public void handle(Connection connection) throws Exception {
        errands.enter();
        try {
            if (!patience.isZero()) {
                connection.readTimeout(patience);
                connection.writeTimeout(patience);
            }
            String line = connection.readLine();
            if (line != null) {
                errands.run(line, new ConnectionClient(connection));
            }
        } finally {
            errands.leave();
        }
    }
}
