package io.socketserver.udp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Whether this machine has IPv6, which some containers do not. */
final class Ipv6 {

    private Ipv6() {}

    static void assume() {
        boolean available;
        try {
            Udp.bind("::1", 0).close();
            available = true;
        } catch (IOException e) {
            available = false;
        }
        assumeTrue(available, "this machine has no IPv6");
    }
}
