package io.socketserver.api;

import java.util.Collection;
import java.util.Map;

/**
 * What has become of the requests that a server took from its endpoint, at one moment.
 *
 * <p>Of a server at rest the counts add up: {@code received = accepted() + all refused}, and {@code accepted() = active +
 * completed + failed + disconnected + all timed out + closedAtGrace}. While requests come and go they are read one after
 * the other. What the system's kernel dropped before, a datagram that found its receive buffer full say, is invisible and
 * not among them.
 *
 * @param received taken from the endpoint
 * @param active accepted, and not ended
 * @param completed ended well
 * @param failed ended by what their handlers threw, or could not be closed well
 * @param disconnected ended because the peer went away
 * @param timedOut ended at a limit in time, by limit; every limit has a count
 * @param closedAtGrace still being handled when the server's grace was over; were closed, and ended then
 * @param abandoned of those active, the ones that were cut off and do not end
 * @param refused not handled, by reason; every reason has a count
 * @param bytesIn read from peers
 * @param bytesOut written to peers
 */
public record Statistics(
        long received,
        long active,
        long completed,
        long failed,
        long disconnected,
        Map<TimeLimit, Long> timedOut,
        long closedAtGrace,
        long abandoned,
        Map<Observer.Refusal, Long> refused,
        long bytesIn,
        long bytesOut) {

    /**
     * Keeps copies of the maps.
     *
     * @param received taken from the endpoint
     * @param active accepted, and not ended
     * @param completed ended well
     * @param failed ended by what their handlers threw, or could not be closed well
     * @param disconnected ended because the peer went away
     * @param timedOut ended at a limit in time, by limit
     * @param closedAtGrace still being handled when the server's grace was over
     * @param abandoned of those active, the ones that were cut off and do not end
     * @param refused not handled, by reason
     * @param bytesIn read from peers
     * @param bytesOut written to peers
     */
    public Statistics {
        timedOut = Map.copyOf(timedOut);
        refused = Map.copyOf(refused);
    }

    /**
     * How many went to the handler.
     *
     * @return those received and not refused
     */
    public long accepted() {
        return received - sum(refused.values());
    }

    /**
     * How many were ended by one limit.
     *
     * @param limit which of them
     * @return the count
     */
    public long timedOut(TimeLimit limit) {
        return timedOut.getOrDefault(limit, 0L);
    }

    /**
     * How many were refused for one reason.
     *
     * @param reason which of them
     * @return the count
     */
    public long refused(Observer.Refusal reason) {
        return refused.getOrDefault(reason, 0L);
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The counts in one line, for a log; the refused and the timed out in all. */
    @Override
    public String toString() {
        return received + " received, " + sum(refused.values()) + " refused, " + active + " active, " + completed
                + " completed, " + failed + " failed, " + disconnected + " disconnected, " + sum(timedOut.values())
                + " timed out, " + closedAtGrace + " closed at the grace, " + abandoned + " abandoned, " + bytesIn
                + " bytes in, " + bytesOut + " bytes out";
    }
}
