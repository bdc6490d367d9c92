package io.socketserver.concurrent.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.DisconnectedException;
import io.socketserver.api.DrainReport;
import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Observer;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.Statistics;
import io.socketserver.api.TimeLimit;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/** Writes down what is told of each request, and compares it with what the server says in the end. */
final class Census implements Observer, ErrorHandler {

    private final Map<Request, Queue<Told>> stories = new ConcurrentHashMap<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    @Override
    public void accepted(Request request) {
        note(request, Told.ACCEPTED);
    }

    @Override
    public void refused(Request request, Refusal reason) {
        note(request, Told.REFUSED);
    }

    @Override
    public void disconnected(Request request, DisconnectedException cause) {
        note(request, Told.DISCONNECTED);
    }

    @Override
    public void timedOut(Request request, TimeLimit limit) {
        note(request, Told.TIMED_OUT);
    }

    @Override
    public void abandoned(Request request) {
        note(request, Told.ABANDONED);
    }

    @Override
    public void ended(Request request) {
        note(request, Told.ENDED);
        if (request.isOpen()) {
            unexpected(new AssertionError(request + " has ended, and is open"));
        }
    }

    @Override
    public void handle(Request request, Throwable failure) {
        note(request, Told.FAILED);
        if (!isExpected(failure)) {
            unexpected(failure);
        }
    }

    /** Notes what should not be; the sequence fails with it. */
    void unexpected(Throwable failure) {
        unexpected.add(failure);
    }

    /** How many there were of which this is the whole story. */
    long count(List<Told> story) {
        return told().stream().filter(story::equals).count();
    }

    void assertComplete(Server<?> server, DrainReport report) {
        assertThat(unexpected).as("unexpected failures").isEmpty();
        assertThat(told()).allMatch(Told.STORIES::contains, "is a whole story");
        assertThat(stories.values())
                .allMatch(story -> Collections.frequency(story, Told.ABANDONED) <= 1, "is abandoned once");
        long turnedAway = count(Told.TURNED_AWAY);
        long notDispatched = count(Told.NOT_DISPATCHED);
        long accepted = stories.size() - turnedAway;
        assertThat(report.completed() + report.closedAtGrace() + report.abandoned())
                .as("%s", report)
                .isEqualTo(accepted);
        Statistics statistics = server.statistics();
        assertThat(statistics.received()).isEqualTo(stories.size());
        assertThat(statistics.accepted()).isEqualTo(accepted - notDispatched);
        assertThat(statistics.active()).isZero();
        assertThat(statistics.abandoned()).isZero();
        assertThat(statistics.completed() + statistics.closedAtGrace()).isEqualTo(count(Told.ENDED_WELL));
        assertThat(statistics.failed()).isEqualTo(count(Told.FAULTY));
        assertThat(statistics.disconnected()).isEqualTo(count(Told.PEER_GONE));
        assertThat(Arrays.stream(TimeLimit.values())
                        .mapToLong(statistics::timedOut)
                        .sum())
                .isEqualTo(count(Told.TOO_LATE));
    }

    private void note(Request request, Told what) {
        stories.computeIfAbsent(request, key -> new ConcurrentLinkedQueue<>()).add(what);
    }

    private Collection<List<Told>> told() {
        return stories.values().stream()
                .map(story ->
                        story.stream().filter(told -> told != Told.ABANDONED).toList())
                .toList();
    }

    // A handler finds its connection closed or its thread interrupted if somebody did either to it.
    private static boolean isExpected(Throwable failure) {
        return Errand.ASKED_TO.equals(failure.getMessage())
                || failure instanceof SocketTimeoutException
                || failure instanceof ClosedChannelException
                || failure instanceof InterruptedException
                || failure instanceof RejectedExecutionException;
    }
}
