package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void anOptionBeginsAQuery() {
        assertThat(Address.with(URI.create("tcp://localhost:1"), "backlog", 5))
                .hasToString("tcp://localhost:1?backlog=5");
    }

    @Test
    void anOptionJoinsTheQueryOfARelativeAddress() {
        assertThat(Address.with(URI.create("unix:app.sock?mode=600"), "backlog", 5))
                .hasToString("unix:app.sock?mode=600&backlog=5");
    }

    @Test
    void anOptionJoinsAQuery() {
        assertThat(Address.with(URI.create("tcp://localhost:1?no-delay=true"), "backlog", 5))
                .hasToString("tcp://localhost:1?no-delay=true&backlog=5");
    }
}
