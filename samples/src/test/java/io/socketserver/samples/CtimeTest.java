package io.socketserver.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python's time.ctime() printed for the same instants. */
class CtimeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2017-05-06T21:31:06Z | Sat May  6 21:31:06 2017",
                "1970-01-01T00:00:00Z | Thu Jan  1 00:00:00 1970",
                "2024-02-29T23:59:59Z | Thu Feb 29 23:59:59 2024",
                "2025-09-09T09:09:09Z | Tue Sep  9 09:09:09 2025",
                "2026-11-10T12:00:00Z | Tue Nov 10 12:00:00 2026",
                "1999-12-31T23:59:59.999Z | Fri Dec 31 23:59:59 1999",
            })
    void isWrittenAsPythonDoes(Instant instant, String expected) {
        assertThat(new Ctime(Clock.fixed(instant, ZoneOffset.UTC)).now()).isEqualTo(expected);
    }

    @Test
    void isInTheZoneOfTheClock() {
        Clock clock = Clock.fixed(Instant.parse("2017-05-06T21:31:06Z"), ZoneId.of("Asia/Tokyo"));
        assertThat(new Ctime(clock).now()).isEqualTo("Sun May  7 06:31:06 2017");
    }

    @Test
    void isReadAsItIsWritten() {
        assertThat(Ctime.parse("Sat May  6 21:31:06 2017")).isEqualTo(LocalDateTime.of(2017, 5, 6, 21, 31, 6));
    }
}
