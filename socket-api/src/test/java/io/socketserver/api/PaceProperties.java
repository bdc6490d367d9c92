package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PaceProperties {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Property
    void inTwoSecondsNeverMoreThanTwiceTheRate(
            @ForAll @IntRange(min = 1, max = 1000) int rate,
            @ForAll long start,
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 300_000_000) Long> rests) {
        Pace pace = new Pace(rate, start);
        List<Long> steps = new ArrayList<>();
        long elapsed = 0;
        for (long rest : rests) {
            elapsed += rest;
            if (pace.next() - (start + elapsed) <= 0) {
                pace.step(start + elapsed);
                steps.add(elapsed);
            }
        }
        for (long begin : steps) {
            assertThat(steps.stream()
                            .filter(step -> step >= begin && step - begin < SECOND)
                            .count())
                    .isLessThanOrEqualTo(2L * rate);
        }
    }

    @Property
    void whoAsksAtTheRightTimeIsNeverKeptWaiting(@ForAll @IntRange(min = 1, max = 1000) int rate, @ForAll long start) {
        Pace pace = new Pace(rate, start);
        long interval = SECOND / rate;
        for (int i = 0; i < 3 * rate; i++) {
            long now = start + i * interval;
            assertThat(pace.next() - now).isNotPositive();
            pace.step(now);
        }
    }

    @Property
    void afterARestASecondsWorthMayComeAtOnceAndNoMore(
            @ForAll @IntRange(min = 1, max = 1000) int rate, @ForAll long start) {
        Pace pace = new Pace(rate, start);
        int taken = 0;
        while (pace.next() - start <= 0) {
            pace.step(start);
            taken++;
        }
        assertThat(taken).isEqualTo(rate);
        assertThat(pace.next() - start).isPositive().isLessThanOrEqualTo(SECOND / rate + rate);
    }
}
