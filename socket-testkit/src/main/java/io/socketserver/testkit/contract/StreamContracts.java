package io.socketserver.testkit.contract;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.TimeSource;
import io.socketserver.api.spi.StreamTransport;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every transport of byte streams promises, to a user of its connections, of its endpoints, and to a server on it.
 *
 * <p>The contracts of connections are checked twice, as {@code blocking}, and as {@code timed}: with time-outs from the
 * beginning, as {@link Connection#readTimeout(Duration)} has it. Those of time-outs are checked on threads of the platform
 * and, from Java 21 on, as {@code virtual}, on virtual ones. Immutable; see the package for an example.
 */
public final class StreamContracts {

    private final StreamTransport transport;
    private final Supplier<URI> addresses;
    private final Terms terms;
    private final @Nullable Resetting resetting;
    private final boolean polling;

    /** Knows how to be a client that does not say goodbye. */
    @FunctionalInterface
    public interface Resetting {

        /**
         * Connects to an endpoint; the contract then sends a byte, which is to be left unread.
         *
         * @param server where to connect to
         * @return what resets the connection when it is closed
         * @throws IOException if it cannot connect
         */
        Closeable connect(Endpoint<Connection> server) throws IOException;
    }

    private StreamContracts(
            StreamTransport transport,
            Supplier<URI> addresses,
            Terms terms,
            @Nullable Resetting resetting,
            boolean polling) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.addresses = Objects.requireNonNull(addresses, "addresses");
        this.terms = terms;
        this.resetting = resetting;
        this.polling = polling;
    }

    /**
     * Begins with what every transport has.
     *
     * @param transport the transport to check
     * @param addresses gives, at each call, an address at which nothing is bound, such as {@code tcp://127.0.0.1:0}. An
     *     endpoint that is closed is bound again by its {@link Endpoint#uri()}
     * @return the contracts, each limited to 30 s
     */
    public static StreamContracts of(StreamTransport transport, Supplier<URI> addresses) {
        return new StreamContracts(transport, addresses, Terms.DEFAULTS, null, true);
    }

    /**
     * Adds the contract of a connection that its peer resets.
     *
     * @param client connects, and resets
     * @return contracts with this added
     */
    public StreamContracts resetBy(Resetting client) {
        return new StreamContracts(transport, addresses, terms, Objects.requireNonNull(client, "client"), polling);
    }

    /**
     * Leaves out what channels promise that can be polled, for a transport that has none: no event loop can serve it.
     *
     * @return contracts without these
     */
    public StreamContracts withoutPolling() {
        return new StreamContracts(transport, addresses, terms, resetting, false);
    }

    /**
     * Looks for files that are left behind, after each contract.
     *
     * @param folder an existing folder, looked at with all that is below it
     * @return contracts with this added
     */
    public StreamContracts leavingNoFileIn(Path folder) {
        return new StreamContracts(transport, addresses, terms.folder(folder), resetting, polling);
    }

    /**
     * Chooses how long a contract may take before it counts as broken; generous, since it is not there to measure.
     *
     * @param time positive; 30 s unless chosen
     * @return contracts with this set
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamContracts limit(Duration time) {
        return new StreamContracts(transport, addresses, terms.limit(time), resetting, polling);
    }

    /**
     * Chooses by what time-outs are measured, for a transport that does not follow the system's time.
     *
     * @param time what the transport follows
     * @return contracts with this set
     */
    public StreamContracts time(TimeSource time) {
        return new StreamContracts(transport, addresses, terms.time(time), resetting, polling);
    }

    /**
     * The contracts, each to be run by itself.
     *
     * @return their list, in an order from the simple to the intricate
     */
    public List<Contract> contracts() {
        List<Contract> contracts = new ArrayList<>();
        add(contracts, TransferClauses.all(), " (blocking)", false);
        add(contracts, TransferClauses.all(), " (timed)", true);
        for (Threads threads : Threads.available()) {
            add(contracts, TimeoutClauses.all(), threads == Threads.PLATFORM ? "" : " (virtual)", threads, true);
        }
        add(contracts, ConcurrencyClauses.all(), " (blocking)", false);
        add(contracts, ConcurrencyClauses.all(), " (timed)", true);
        add(contracts, ClosingClauses.all(), " (blocking)", false);
        add(contracts, ClosingClauses.all(), " (timed)", true);
        if (resetting != null) {
            add(contracts, ResetClauses.all(resetting), " (blocking)", false);
            add(contracts, ResetClauses.all(resetting), " (timed)", true);
        }
        if (polling) {
            add(contracts, PollingClauses.all(), "", false);
        }
        add(contracts, ListenerClauses.all(), "", false);
        add(contracts, EndpointClauses.<Connection>all(), "", false);
        add(contracts, ServerClauses.<Connection>all(), "", false);
        add(contracts, StreamServerClauses.all(), "", false);
        return List.copyOf(contracts);
    }

    private void add(
            List<Contract> contracts,
            List<? extends Clause<? super StreamStage>> clauses,
            String suffix,
            boolean timed) {
        add(contracts, clauses, suffix, Threads.PLATFORM, timed);
    }

    private void add(
            List<Contract> contracts,
            List<? extends Clause<? super StreamStage>> clauses,
            String suffix,
            Threads threads,
            boolean timed) {
        for (Clause<? super StreamStage> clause : clauses) {
            contracts.add(terms.contract(
                    clause.name() + suffix,
                    threads,
                    scope -> clause.body().check(new StreamStage(scope, terms.time(), transport, addresses, timed))));
        }
    }
}
