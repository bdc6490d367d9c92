package io.socketserver.testkit;

/** What all parts of a network share. */
record Simulation(long seed, FaultPlan plan, Agenda agenda, NetworkTime time, Links links, Chronicle chronicle) {

    static Simulation of(long seed, FaultPlan plan) {
        Agenda agenda = new Agenda();
        return new Simulation(seed, plan, agenda, new NetworkTime(agenda), new Links(), new Chronicle());
    }

    /** The chances of one thing, which do not depend on those of others. */
    Dice dice(String what) {
        return new Dice(seed, what);
    }

    /** A delay of something that is sent. */
    long delay(Dice dice) {
        return dice.between(plan.shortestDelay(), plan.longestDelay());
    }

    void note(String event) {
        chronicle.note(time.nanoTime(), event);
    }

    void note(MemoryAddress client, Side side, String event) {
        chronicle.note(time.nanoTime(), client, side, event);
    }
}
