package io.socketserver.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CtimeProperties {

    // As C has them, whatever the locale.
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    @Property
    void everyTimeIsWrittenAsC(
            @ForAll @IntRange(min = 1970, max = 9999) int year,
            @ForAll @IntRange(min = 1, max = 365) int day,
            @ForAll @IntRange(min = 0, max = 86_399) int second) {
        LocalDateTime time =
                LocalDateTime.of(year, 1, 1, 0, 0).plusDays(day - 1).plus(second, ChronoUnit.SECONDS);

        String text = new Ctime(Clock.fixed(time.toInstant(ZoneOffset.UTC), ZoneOffset.UTC)).now();

        assertThat(text)
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "%s %s %2d %02d:%02d:%02d %d",
                        DAYS.get(time.getDayOfWeek().getValue() - 1),
                        MONTHS.get(time.getMonthValue() - 1),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        year));
        assertThat(Ctime.parse(text)).isEqualTo(time);
    }
}
