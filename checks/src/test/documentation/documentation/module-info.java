/** The blocks of all pages that have no module of their own. */
open module documentation {
    requires io.socketserver.concurrent;
    requires io.socketserver.tcp;
    requires io.socketserver.testkit;
    requires io.socketserver.udp;
    requires io.socketserver.unix;
    requires net.jqwik.api;
    requires org.assertj.core;
    requires org.junit.jupiter.api;
}
