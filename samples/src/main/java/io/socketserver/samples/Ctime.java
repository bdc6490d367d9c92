package io.socketserver.samples;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time in the form of C's and Python's {@code ctime}: {@code Sat May  6 21:31:06 2017}. */
public final class Ctime {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    private final Clock clock;

    /**
     * Makes one that reads a clock.
     *
     * @param clock tells the time and the zone
     */
    public Ctime(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes the time now.
     *
     * @return the time, without a line ending
     */
    public String now() {
        return FORM.format(LocalDateTime.now(clock));
    }

    /**
     * Reads what {@link #now()} has written.
     *
     * @param text the time
     * @return the time
     * @throws java.time.format.DateTimeParseException if it has another form
     */
    public static LocalDateTime parse(String text) {
        return LocalDateTime.parse(text, FORM);
    }
}
