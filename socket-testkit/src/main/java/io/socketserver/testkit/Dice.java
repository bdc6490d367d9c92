package io.socketserver.testkit;

import java.util.SplittableRandom;

/** Chances that depend on a seed, and on what they are drawn for. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed, String what) {
        long mixed = seed;
        for (int i = 0; i < what.length(); i++) {
            mixed = mixed * 0x9E3779B97F4A7C15L + what.charAt(i);
        }
        // Split once, so that seeds which are neighbours have nothing to do with each other.
        random = new SplittableRandom(mixed).split();
    }

    boolean hits(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** A number, both bounds included. */
    long between(long least, long most) {
        return least == most ? least : random.nextLong(least, most + 1);
    }
}
