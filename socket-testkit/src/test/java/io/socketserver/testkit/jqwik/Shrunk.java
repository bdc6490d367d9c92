package io.socketserver.testkit.jqwik;

import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/** The simplest value that does not hold, as a failing property would report it. */
final class Shrunk {

    private Shrunk() {}

    static <T> T of(Arbitrary<T> arbitrary, Predicate<? super T> holds) {
        Random random = new Random(42);
        Shrinkable<T> found = arbitrary.generator(1000).stream(random)
                .filter(value -> !holds.test(value.value()))
                .findFirst()
                .orElseThrow();
        while (true) {
            Shrinkable<T> simpler = found.shrink()
                    .filter(value -> !holds.test(value.value()))
                    .findFirst()
                    .orElse(null);
            if (simpler == null) {
                return found.value();
            }
            found = simpler;
        }
    }
}
