package io.socketserver.samples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import picocli.CommandLine.TypeConversionException;

class DurationsProperties {

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    @Property
    void aNumberAndAUnitAreUnderstood(
            @ForAll @LongRange(min = 0, max = 999_999_999) long count, @ForAll("units") String unit) {
        assertThat(Durations.parse(count + unit)).isEqualTo(UNITS.get(unit).multipliedBy(count));
    }

    @Property
    void whatIsWrittenIsUnderstood(@ForAll @LongRange(min = 0, max = 999_999_999) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property
    void anythingElseIsRefusedWithWhatIsExpected(@ForAll("almostDurations") String text) {
        Assume.that(!text.matches("\\d{1,9}(ms|s|m|h)"));
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage(
                        "expected a whole number and a unit of ms, s, m or h, such as 400ms or 5s, not '" + text + "'");
    }

    @Example
    void theExamplesOfTheHelpAreUnderstood() {
        assertThat(Durations.parse("400ms")).isEqualTo(Duration.ofMillis(400));
        assertThat(Durations.parse("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of(UNITS.keySet());
    }

    @Provide
    Arbitrary<String> almostDurations() {
        return Arbitraries.strings().withChars("0159 -+.msh").ofMaxLength(12);
    }
}
