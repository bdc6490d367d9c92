package io.socketserver.samples.command;

/** Whether tests are to take the time that a claim is about, and measure; asked for by the profile {@code soak}. */
final class Soak {

    static final boolean ON = Integer.getInteger("socketserver.soak", 1) > 1;

    private Soak() {}

    /** One number in the ordinary build, another under the profile. */
    static int of(int otherwise, int soaking) {
        return ON ? soaking : otherwise;
    }

    /** Writes down a figure that was measured. */
    static void figure(String text) {
        if (ON) {
            System.out.println("measured: " + text);
        }
    }
}
