package io.socketserver.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes wrong on a {@link Network}, and how often; immutable.
 *
 * <pre>{@code
 * FaultPlan plan = FaultPlan.none()
 *         .delay(Duration.ofMillis(1), Duration.ofMillis(40))
 *         .split(0.5)
 *         .resetAt("client#3", Side.CLIENT, 100);
 * }</pre>
 *
 * <p>A probability is that of one chunk, which is what one write has sent or a part of it, of one datagram, or of one
 * connection; 0 is never and 1 always. Chances of one direction of one connection are drawn from the network's seed
 * independently of what happens elsewhere. A connection is named by its client: {@code client#3} is the third that was opened
 * by the host {@code client}, connections and clients of datagrams being counted together, as transcripts show it. What is to
 * happen a century after the network's beginning, or later, does not happen. Null is refused by a {@link NullPointerException}.
 */
public final class FaultPlan {

    private static final FaultPlan NONE =
            new FaultPlan(Map.of(), new Times(0, 0, 0, 0), Long.MAX_VALUE, List.of(), List.of());

    private final Map<Fault, Double> chances;
    private final Times times;
    private final long bandwidth;
    private final List<Accident> accidents;
    private final List<Drought> droughts;

    /** In nanoseconds. */
    private record Times(long shortest, long longest, long stall, long late) {}

    private record Drought(long from, long until) {
        @Override
        public String toString() {
            return "outOfDescriptors(" + Span.text(from) + ", " + Span.text(until) + ")";
        }
    }

    private FaultPlan(
            Map<Fault, Double> chances, Times times, long bandwidth, List<Accident> accidents, List<Drought> droughts) {
        this.chances = chances;
        this.times = times;
        this.bandwidth = bandwidth;
        this.accidents = accidents;
        this.droughts = droughts;
    }

    /**
     * Nothing goes wrong: what is written arrives at once, each write by itself.
     *
     * @return the plan to start from
     */
    public static FaultPlan none() {
        return NONE;
    }

    /**
     * Cuts chunks in two, at any place, and what is left of them again.
     *
     * @param probability of each cut
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan split(double probability) {
        return with(Fault.SPLIT, probability);
    }

    /**
     * Has chunks arrive together with the one before, if that is still on its way.
     *
     * @param probability of each chunk
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan merge(double probability) {
        return with(Fault.MERGE, probability);
    }

    /**
     * Takes time for everything that is sent, connecting included; each direction of a connection stays in order, datagrams
     * do not.
     *
     * @param shortest at least, not negative
     * @param longest at most
     * @return a plan with this set
     * @throws IllegalArgumentException if they are negative, or the wrong way round
     */
    public FaultPlan delay(Duration shortest, Duration longest) {
        Objects.requireNonNull(shortest, "shortest");
        if (shortest.isNegative() || Objects.requireNonNull(longest, "longest").compareTo(shortest) < 0) {
            throw new IllegalArgumentException("a delay must be of at least 0 and at most more than that, not from "
                    + shortest + " to " + longest);
        }
        return with(new Times(Span.of("shortest", shortest), Span.of("longest", longest), times.stall, times.late));
    }

    /**
     * Takes the same time for everything that is sent, connecting included.
     *
     * @param always how long, not negative
     * @return a plan with this set
     * @throws IllegalArgumentException if it is negative
     */
    public FaultPlan delay(Duration always) {
        return delay(always, always);
    }

    /**
     * Holds up a chunk, and all behind it.
     *
     * @param probability of each chunk
     * @param time for how long, beside its delay
     * @return a plan with this set
     * @throws IllegalArgumentException if one of them is out of range
     */
    public FaultPlan stall(double probability, Duration time) {
        return with(Fault.STALL, probability)
                .with(new Times(times.shortest, times.longest, Span.of("time", time), times.late));
    }

    /**
     * Limits how much arrives in time, in each direction of each connection.
     *
     * @param bytesPerSecond at least 1; no limit by default
     * @return a plan with this set
     * @throws IllegalArgumentException if it is less than 1
     */
    public FaultPlan bandwidth(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a bandwidth must be 1 byte a second or more, not " + bytesPerSecond);
        }
        return new FaultPlan(chances, times, bytesPerSecond, accidents, droughts);
    }

    /**
     * Has connections be reset when a chunk should arrive.
     *
     * @param probability of each chunk
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan reset(double probability) {
        return with(Fault.RESET, probability);
    }

    /**
     * Resets a connection when so many bytes have arrived.
     *
     * @param connection such as {@code client#3}
     * @param side who sends the bytes
     * @param count how many arrive, not negative
     * @return a plan with this added
     * @throws IllegalArgumentException if that is no name of a connection, or the count is negative
     */
    public FaultPlan resetAt(String connection, Side side, long count) {
        return with(new Accident.AtByte(connection, side, count, true));
    }

    /**
     * Ends one direction of a connection when so many bytes have arrived, as if who sends them had shut down its output;
     * what is sent after that is lost.
     *
     * @param connection such as {@code client#3}
     * @param side who sends the bytes
     * @param count how many arrive, not negative
     * @return a plan with this added
     * @throws IllegalArgumentException if that is no name of a connection, or the count is negative
     */
    public FaultPlan endAt(String connection, Side side, long count) {
        return with(new Accident.AtByte(connection, side, count, false));
    }

    /**
     * Resets a connection some time after it was made.
     *
     * @param connection such as {@code client#3}
     * @param time how long it lasts, not negative
     * @return a plan with this added
     * @throws IllegalArgumentException if that is no name of a connection, or the time is negative
     */
    public FaultPlan resetAfter(String connection, Duration time) {
        return with(new Accident.After(connection, Span.of("time", time)));
    }

    /**
     * Has connections be aborted by their clients before they are accepted, so that accepting fails.
     *
     * @param probability of each connection
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan abort(double probability) {
        return with(Fault.ABORT, probability);
    }

    /**
     * Has one connection be aborted by its client before it is accepted, so that accepting fails.
     *
     * @param connection such as {@code client#3}
     * @return a plan with this added
     * @throws IllegalArgumentException if that is no name of a connection
     */
    public FaultPlan abort(String connection) {
        return with(new Accident.BeforeAccept(connection));
    }

    /**
     * Leaves no descriptors for some time: accepting fails, and connections wait in the backlog.
     *
     * @param from since when, from the network's beginning
     * @param until till when
     * @return a plan with this added
     * @throws IllegalArgumentException if one of them is negative, or they are the wrong way round
     */
    public FaultPlan outOfDescriptors(Duration from, Duration until) {
        Drought drought = new Drought(Span.of("from", from), Span.of("until", until));
        if (drought.until < drought.from) {
            throw new IllegalArgumentException(
                    "descriptors are missing from a time until a later one, not from " + from + " until " + until);
        }
        return new FaultPlan(chances, times, bandwidth, accidents, plus(droughts, drought));
    }

    /**
     * Loses datagrams.
     *
     * @param probability of each
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan drop(double probability) {
        return with(Fault.DROP, probability);
    }

    /**
     * Has datagrams arrive twice, the second time with a delay of its own.
     *
     * @param probability of each
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan duplicate(double probability) {
        return with(Fault.DUPLICATE, probability);
    }

    /**
     * Has datagrams come late, so that those sent after them overtake them.
     *
     * @param probability of each
     * @param late by how much, beside their delay
     * @return a plan with this set
     * @throws IllegalArgumentException if one of them is out of range
     */
    public FaultPlan reorder(double probability, Duration late) {
        return with(Fault.REORDER, probability)
                .with(new Times(times.shortest, times.longest, times.stall, Span.of("late", late)));
    }

    /**
     * Has datagrams lose their end, at any place, of which the receiver is told.
     *
     * @param probability of each that is not empty
     * @return a plan with this set
     * @throws IllegalArgumentException if it is no probability
     */
    public FaultPlan truncate(double probability) {
        return with(Fault.TRUNCATE, probability);
    }

    double chance(Fault fault) {
        return chances.getOrDefault(fault, 0.0);
    }

    long shortestDelay() {
        return times.shortest;
    }

    long longestDelay() {
        return times.longest;
    }

    long stall() {
        return times.stall;
    }

    long late() {
        return times.late;
    }

    /** How long so many bytes take. */
    long transmission(long bytes) {
        return bandwidth == Long.MAX_VALUE ? 0 : Math.round(bytes * 1e9 / bandwidth);
    }

    <A extends Accident> Stream<A> accidents(Class<A> kind, MemoryAddress client) {
        return accidents.stream()
                .filter(accident -> accident.connection().equals(client.label()))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    boolean lacksDescriptors(long now) {
        return droughts.stream().anyMatch(drought -> drought.from <= now && now < drought.until);
    }

    private FaultPlan with(Fault fault, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability must be from 0 to 1, not " + probability);
        }
        Map<Fault, Double> changed = new EnumMap<>(Fault.class);
        changed.putAll(chances);
        changed.put(fault, probability);
        return new FaultPlan(changed, times, bandwidth, accidents, droughts);
    }

    private FaultPlan with(Times changed) {
        return new FaultPlan(chances, changed, bandwidth, accidents, droughts);
    }

    private FaultPlan with(Accident accident) {
        return new FaultPlan(chances, times, bandwidth, plus(accidents, accident), droughts);
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }

    /** The calls that make this plan, to be pasted but for durations, which are as {@link Duration} has them. */
    @Override
    public String toString() {
        return Stream.of(
                        chances.entrySet().stream()
                                .filter(entry -> entry.getValue() > 0)
                                .map(entry -> call(entry.getKey(), entry.getValue())),
                        Stream.of(times)
                                .filter(some -> some.longest > 0)
                                .map(some ->
                                        "delay(" + Span.text(some.shortest) + ", " + Span.text(some.longest) + ")"),
                        Stream.of(bandwidth)
                                .filter(limit -> limit < Long.MAX_VALUE)
                                .map(limit -> "bandwidth(" + limit + ")"),
                        accidents.stream().map(Object::toString),
                        droughts.stream().map(Object::toString))
                .flatMap(calls -> calls)
                .map(call -> "." + call)
                .collect(Collectors.joining("", "FaultPlan.none()", ""));
    }

    private String call(Fault fault, double chance) {
        String time = switch (fault) {
            case STALL -> ", " + Span.text(times.stall);
            case REORDER -> ", " + Span.text(times.late);
            default -> "";
        };
        return fault.name().toLowerCase(Locale.ROOT) + "(" + chance + time + ")";
    }
}
