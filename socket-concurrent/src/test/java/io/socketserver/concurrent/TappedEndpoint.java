package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.spi.PollableChannel;
import io.socketserver.api.spi.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An endpoint whose connections and pollers are tapped, in the order in which they came. */
final class TappedEndpoint implements Endpoint<Connection> {

    final List<TappedChannel> channels = new CopyOnWriteArrayList<>();
    final List<TappedPoller> pollers = new CopyOnWriteArrayList<>();
    private final Endpoint<Connection> endpoint;

    TappedEndpoint(Endpoint<Connection> endpoint) {
        this.endpoint = endpoint;
    }

    Poller tapped(Poller poller) {
        TappedPoller tapped = new TappedPoller(poller);
        pollers.add(tapped);
        return tapped;
    }

    @Override
    public @Nullable Connection accept(Duration timeout) throws IOException {
        Connection accepted = endpoint.accept(timeout);
        if (accepted == null) {
            return null;
        }
        TappedChannel channel = new TappedChannel(this, (PollableChannel) accepted.channel());
        channels.add(channel);
        return Connection.of(channel);
    }

    @Override
    public void wakeup() {
        endpoint.wakeup();
    }

    @Override
    public void stopAccepting() throws IOException {
        endpoint.stopAccepting();
    }

    @Override
    public SocketAddress address() {
        return endpoint.address();
    }

    @Override
    public URI uri() {
        return endpoint.uri();
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
