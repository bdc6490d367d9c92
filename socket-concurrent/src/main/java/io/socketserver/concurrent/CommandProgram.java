package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Any program of the system: the bytes are all that it is told, and what it tells. */
final class CommandProgram implements Program {

    private final List<String> command;

    CommandProgram(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Child start(@Nullable Request request) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Ucspi.describe(Objects.requireNonNull(request), builder.environment());
        return Child.start(command.get(0), builder);
    }

    @Override
    public void introduce(Child child, Request request) {
        // Its environment has done that.
    }

    @Override
    public Traffic traffic(Request request) {
        if (request instanceof Connection connection) {
            return new StreamTraffic(connection);
        }
        return new DatagramTraffic((Datagram) request, false);
    }
}
