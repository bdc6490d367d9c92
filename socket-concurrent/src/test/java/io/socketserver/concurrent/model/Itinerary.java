package io.socketserver.concurrent.model;

import static io.socketserver.api.Server.State.CLOSED;
import static io.socketserver.api.Server.State.DRAINING;
import static io.socketserver.api.Server.State.NEW;
import static io.socketserver.api.Server.State.PAUSED;
import static io.socketserver.api.Server.State.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Observer;
import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down a server's transitions, and checks that they are one way through its documented states. */
final class Itinerary implements Observer {

    private static final Set<Step> DOCUMENTED = Set.of(
            new Step(NEW, SERVING),
            new Step(NEW, DRAINING),
            new Step(SERVING, PAUSED),
            new Step(PAUSED, SERVING),
            new Step(SERVING, DRAINING),
            new Step(PAUSED, DRAINING),
            new Step(DRAINING, CLOSED));

    /** Each transition is told by the thread that made it; those of different threads may come out of order. */
    private final Map<Thread, Queue<Step>> steps = new ConcurrentHashMap<>();

    private record Step(State from, State to) {}

    @Override
    public void stateChanged(Server<?> server, State from, State to) {
        steps.computeIfAbsent(Thread.currentThread(), key -> new ConcurrentLinkedQueue<>())
                .add(new Step(from, to));
    }

    /** Checks that a server went from one state to the other, and nowhere else. */
    void assertOneWay(State begin, State end) {
        Collection<Step> all = steps.values().stream().flatMap(Queue::stream).toList();
        assertThat(DOCUMENTED).as("documented transitions").containsAll(all);
        for (State state : State.values()) {
            long entered = all.stream().filter(step -> step.to() == state).count() + (state == begin ? 1 : 0);
            long left = all.stream().filter(step -> step.from() == state).count() + (state == end ? 1 : 0);
            assertThat(entered)
                    .as("how often %s was entered, in %s", state, all)
                    .isEqualTo(left);
        }
        steps.values().forEach(Itinerary::assertInOrder);
    }

    static void assertInOrder(State earlier, State later) {
        assertThat(progress(later)).as("%s after %s", later, earlier).isGreaterThanOrEqualTo(progress(earlier));
    }

    private static void assertInOrder(Queue<Step> ofOneThread) {
        List<Step> inOrder = List.copyOf(ofOneThread);
        for (int i = 1; i < inOrder.size(); i++) {
            assertInOrder(inOrder.get(i - 1).to(), inOrder.get(i).from());
        }
    }

    // SERVING and PAUSED go back and forth.
    private static State progress(State state) {
        return state == PAUSED ? SERVING : state;
    }
}
