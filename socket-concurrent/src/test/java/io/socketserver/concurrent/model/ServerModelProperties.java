package io.socketserver.concurrent.model;

import io.socketserver.api.TimeSource;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.Network;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.PropagationMode;

/** Whatever is done to a server, by whom and in whatever order, it keeps its promises. */
@AddLifecycleHook(value = Soak.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class ServerModelProperties {

    /** One for a sequence, and one for each of its scripts but the first. */
    private static final Crew CREW = new Crew(3);

    @AfterContainer
    static void disband() {
        CREW.disband();
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Plans.any();
    }

    /** Nothing that a server could not answer for; and time, so that who tries again and again has some to wait for. */
    @Provide
    Arbitrary<FaultPlan> faults() {
        Arbitrary<Integer> delay = Arbitraries.of(1, 20);
        return Combinators.combine(Arbitraries.of(0.0, 0.3), Arbitraries.of(0.0, 0.3), delay)
                .as((split, merge, most) -> FaultPlan.none()
                        .split(split)
                        .merge(merge)
                        .delay(Duration.ofMillis(1), Duration.ofMillis(most)));
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void inMemory(@ForAll("plans") Plan plan) throws Exception {
        HurriedTime time = new HurriedTime();
        run(plan, Place.inMemory(time), time);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void overTcp(@ForAll("plans") Plan plan) throws Exception {
        run(plan, Place.overTcp(Duration.ofMillis(5)), new HurriedTime());
    }

    /** As it is without a test kit: who waits a second waits a second. */
    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void overTcpInRealTime(@ForAll("plans") Plan plan) throws Exception {
        run(plan, Place.overTcp(Duration.ofSeconds(1)), TimeSource.system());
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void onTheNetwork(@ForAll("plans") Plan plan, @ForAll long seed, @ForAll("faults") FaultPlan faults)
            throws Exception {
        Network.simulate(seed, faults, network -> run(plan, Place.on(network), network.time()));
    }

    private static void run(Plan plan, Place place, TimeSource time) throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        Watchdog.guard(CREW, () -> {
            new Sequence(plan, place, time, CREW).run();
            return true;
        });
        leaks.assertNone();
    }
}
