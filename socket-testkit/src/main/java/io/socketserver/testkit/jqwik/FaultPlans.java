package io.socketserver.testkit.jqwik;

import io.socketserver.testkit.FaultPlan;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What may go wrong on a {@link io.socketserver.testkit.Network}.
 *
 * <pre>{@code
 * @Property
 * void everyLineIsAnswered(@ForAll long seed, @ForAll("plans") FaultPlan plan) throws Exception {
 *     Network.simulate(seed, plan, network -> { ... });
 * }
 *
 * @Provide
 * Arbitrary<FaultPlan> plans() {
 *     return FaultPlans.slow();
 * }
 * }</pre>
 *
 * <p>All of them shrink towards a network on which nothing goes wrong.
 */
public final class FaultPlans {

    private static final int LONGEST_MILLIS = 30;
    private static final int MOST_BYTES_PER_SECOND = 1_000_000;

    private FaultPlans() {}

    /**
     * Networks that lose nothing: bytes are split and merged, they and datagrams are late, and they stop for a while.
     *
     * @return the arbitrary
     */
    public static Arbitrary<FaultPlan> slow() {
        return Combinators.combine(chances(), chances(), times(), chances(), times(), bandwidths())
                .as((split, merge, longest, stall, pause, bandwidth) -> {
                    FaultPlan plan = FaultPlan.none()
                            .split(split)
                            .merge(merge)
                            .delay(Duration.ZERO, longest)
                            .stall(stall, pause);
                    return bandwidth == 0 ? plan : plan.bandwidth(bandwidth);
                });
    }

    /**
     * Slow networks on which connections are reset too, before they are accepted or later.
     *
     * @return the arbitrary
     */
    public static Arbitrary<FaultPlan> resetting() {
        return Combinators.combine(slow(), chances(), chances())
                .as((plan, reset, abort) -> plan.reset(reset).abort(abort));
    }

    /**
     * Slow networks that lose, repeat, shorten datagrams and change their order.
     *
     * @return the arbitrary
     */
    public static Arbitrary<FaultPlan> losing() {
        return Combinators.combine(slow(), chances(), chances(), chances(), chances(), times())
                .as((plan, drop, duplicate, truncate, reorder, late) ->
                        plan.drop(drop).duplicate(duplicate).truncate(truncate).reorder(reorder, late));
    }

    private static Arbitrary<Double> chances() {
        return Arbitraries.of(0.0, 0.1, 0.5);
    }

    private static Arbitrary<Duration> times() {
        return Arbitraries.integers().between(0, LONGEST_MILLIS).map(Duration::ofMillis);
    }

    // None for 0.
    private static Arbitrary<Integer> bandwidths() {
        return Arbitraries.integers().between(0, MOST_BYTES_PER_SECOND);
    }
}
