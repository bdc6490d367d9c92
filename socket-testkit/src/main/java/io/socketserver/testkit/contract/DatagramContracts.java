package io.socketserver.testkit.contract;

import io.socketserver.api.Datagram;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.DatagramTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What every transport of datagrams promises, to a user of its endpoints and clients, and to a server on it.
 *
 * <p>At most a handful of datagrams, of 1400 bytes at most, are on their way at once, so that a transport that may lose
 * some does not lose these. Immutable; see the package for an example.
 */
public final class DatagramContracts {

    private final DatagramTransport transport;
    private final Supplier<URI> addresses;
    private final Terms terms;
    private final List<Clause<DatagramStage>> truncation;
    private final boolean repliesToEmpty;

    private DatagramContracts(
            DatagramTransport transport,
            Supplier<URI> addresses,
            Terms terms,
            List<Clause<DatagramStage>> truncation,
            boolean repliesToEmpty) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.addresses = Objects.requireNonNull(addresses, "addresses");
        this.terms = terms;
        this.truncation = truncation;
        this.repliesToEmpty = repliesToEmpty;
    }

    /**
     * Begins with what every transport has.
     *
     * @param transport the transport to check
     * @param addresses gives, at each call, an address at which nothing is bound, such as {@code udp://127.0.0.1:0}. An
     *     endpoint that is closed is bound again by its {@link Endpoint#uri()}
     * @return the contracts, each limited to 30 s
     */
    public static DatagramContracts of(DatagramTransport transport, Supplier<URI> addresses) {
        return new DatagramContracts(transport, addresses, Terms.DEFAULTS, List.of(), true);
    }

    /**
     * Adds the contract of datagrams that are too long.
     *
     * @param limit the longest payload that is received whole, in bytes, at least 2
     * @param limited gives, at each call, an address like the others but with that limit, such as {@code
     *     udp://127.0.0.1:0?max-packet-size=100}
     * @return contracts with this added
     */
    public DatagramContracts truncatingAt(int limit, Supplier<URI> limited) {
        return new DatagramContracts(
                transport,
                addresses,
                terms,
                TruncationClauses.all(limit, Objects.requireNonNull(limited, "limited")),
                repliesToEmpty);
    }

    /**
     * Leaves out the contract of replies to empty datagrams, which is a deficiency: for a transport whose system or
     * library does not tell who has sent one. Empty datagrams still have to arrive, and empty replies too.
     *
     * @return contracts without this one
     */
    public DatagramContracts withoutRepliesToEmpty() {
        return new DatagramContracts(transport, addresses, terms, truncation, false);
    }

    /**
     * Looks for files that are left behind, after each contract.
     *
     * @param folder an existing folder, looked at with all that is below it
     * @return contracts with this added
     */
    public DatagramContracts leavingNoFileIn(Path folder) {
        return new DatagramContracts(transport, addresses, terms.folder(folder), truncation, repliesToEmpty);
    }

    /**
     * Chooses by what time-outs are measured, for a transport that does not follow the system's time.
     *
     * @param time what the transport follows
     * @return contracts with this set
     */
    public DatagramContracts time(TimeSource time) {
        return new DatagramContracts(transport, addresses, terms.time(time), truncation, repliesToEmpty);
    }

    /**
     * Chooses how long a contract may take before it counts as broken; generous, since it is not there to measure.
     *
     * @param time positive; 30 s unless chosen
     * @return contracts with this set
     * @throws IllegalArgumentException if it is not positive
     */
    public DatagramContracts limit(Duration time) {
        return new DatagramContracts(transport, addresses, terms.limit(time), truncation, repliesToEmpty);
    }

    /**
     * The contracts, each to be run by itself.
     *
     * @return their list, in an order from the simple to the intricate
     */
    public List<Contract> contracts() {
        List<Contract> contracts = new ArrayList<>();
        add(contracts, DatagramClauses.all());
        if (repliesToEmpty) {
            add(contracts, List.of(DatagramClauses.replyToEmpty()));
        }
        add(contracts, truncation);
        add(contracts, EndpointClauses.<Datagram>all());
        add(contracts, ServerClauses.<Datagram>all());
        return List.copyOf(contracts);
    }

    private void add(List<Contract> contracts, List<? extends Clause<? super DatagramStage>> clauses) {
        for (Clause<? super DatagramStage> clause : clauses) {
            contracts.add(terms.contract(
                    clause.name(),
                    Threads.PLATFORM,
                    scope -> clause.body().check(new DatagramStage(scope, terms.time(), transport, addresses))));
        }
    }
}
