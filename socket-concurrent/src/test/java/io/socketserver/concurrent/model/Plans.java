package io.socketserver.concurrent.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes plans. */
final class Plans {

    private Plans() {}

    static Arbitrary<Plan> any() {
        return Combinators.combine(
                        Arbitraries.of(Strategy.available()),
                        Arbitraries.of(Room.class),
                        Arbitraries.of(false, true),
                        meddling(),
                        scripts())
                .as(Plan::new);
    }

    private static Arbitrary<Map<Moment, Deed>> meddling() {
        Arbitrary<Map<Moment, Deed>> some = Arbitraries.maps(Arbitraries.of(Moment.class), Arbitraries.of(Deed.class))
                .ofMinSize(1)
                .ofMaxSize(2);
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(Map.of())), Tuple.of(1, some));
    }

    // What ends no server has to be tried as well, or few would live long enough to lose something.
    private static Arbitrary<List<List<Command>>> scripts() {
        return Arbitraries.oneOf(scripts(EnumSet.allOf(Deed.class)), scripts(Deed.ENDING_NOTHING));
    }

    private static Arbitrary<List<List<Command>>> scripts(Set<Deed> deeds) {
        return commands(deeds).list().ofMaxSize(8).list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Command> commands(Set<Deed> deeds) {
        return Arbitraries.frequencyOf(
                // Most servers should serve before they end.
                Tuple.of(2, Arbitraries.of(Deed.START, Deed.SERVE, Deed.SERVE_ONE)),
                Tuple.of(2, Arbitraries.of(deeds)),
                Tuple.of(4, visits(Arbitraries.of(Errand.class))),
                Tuple.of(2, visits(Arbitraries.of(deeds))));
    }

    private static Arbitrary<Visit> visits(Arbitrary<? extends Enum<?>> what) {
        return Combinators.combine(what, Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
                .as(Visit::new);
    }
}
