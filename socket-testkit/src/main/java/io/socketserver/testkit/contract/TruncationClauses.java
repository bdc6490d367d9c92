package io.socketserver.testkit.contract;

import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Endpoint;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/** What becomes of datagrams that are too long, where an endpoint has a limit. */
final class TruncationClauses {

    private final int limit;
    private final Supplier<URI> addresses;

    private TruncationClauses(int limit, Supplier<URI> addresses) {
        this.limit = limit;
        this.addresses = addresses;
    }

    static List<Clause<DatagramStage>> all(int limit, Supplier<URI> addresses) {
        return List.of(new Clause<>("truncation is reported", new TruncationClauses(limit, addresses)::truncation));
    }

    private void truncation(DatagramStage stage) throws Exception {
        Endpoint<Datagram> endpoint = stage.scope().own(stage.bind(addresses.get()));
        DatagramClient client = stage.open(endpoint);
        for (int size : new int[] {limit + 1, limit, 2 * limit, limit - 1}) {
            client.send(Pattern.bytes(0, size));
            Datagram received = stage.accept(endpoint);
            Check.equal(size > limit, received.truncated(), "whether " + size + " bytes are truncated at " + limit);
            Check.equal(
                    ByteBuffer.wrap(Pattern.bytes(0, Math.min(size, limit))),
                    received.payload(),
                    "what is left of " + size + " bytes");
        }
    }
}
