package io.socketserver.concurrent.model;

import io.socketserver.testkit.LeakCheck;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Whatever is done to a server, by whom and in whatever order, it keeps its promises. */
@AddLifecycleHook(value = Soak.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class ServerModelProperties {

    @Provide
    Arbitrary<Plan> plans() {
        return Plans.any();
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void inMemory(@ForAll("plans") Plan plan) throws Exception {
        HurriedTime time = new HurriedTime();
        run(plan, Place.inMemory(time), time);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void overTcp(@ForAll("plans") Plan plan) throws Exception {
        run(plan, Place.overTcp(), new HurriedTime());
    }

    private static void run(Plan plan, Place place, HurriedTime time) throws Exception {
        LeakCheck leaks = LeakCheck.begin();
        Watchdog.guard(() -> {
            new Sequence(plan, place, time).run();
            return true;
        });
        leaks.assertNone();
    }
}
