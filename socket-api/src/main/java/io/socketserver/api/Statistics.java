package io.socketserver.api;

import java.util.Map;

/**
 * What has become of the requests that a server took from its endpoint, at one moment.
 *
 * <p>Of a server at rest the counts add up: {@code received = handled + active + all refused}. While requests come and go
 * they are read one after the other. What the system's kernel dropped before, a datagram that found its receive buffer
 * full say, is invisible and not among them.
 *
 * @param received taken from the endpoint
 * @param active accepted, and not ended
 * @param handled accepted and ended, well or not
 * @param refused not handled, by reason; every reason has a count
 */
public record Statistics(long received, long active, long handled, Map<Observer.Refusal, Long> refused) {

    /**
     * Keeps a copy of the map.
     *
     * @param received taken from the endpoint
     * @param active accepted, and not ended
     * @param handled accepted and ended, well or not
     * @param refused not handled, by reason
     */
    public Statistics {
        refused = Map.copyOf(refused);
    }

    /**
     * How many were refused for one reason.
     *
     * @param reason the reason
     * @return the count
     */
    public long refused(Observer.Refusal reason) {
        return refused.getOrDefault(reason, 0L);
    }
}
