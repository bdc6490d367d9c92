package io.socketserver.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriOptionsTest {

    record Options(int size, boolean flag) {

        Options size(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("too small");
            }
            return new Options(value, flag);
        }

        Options flag(boolean value) {
            return new Options(size, value);
        }
    }

    private static Options read(String uri) {
        return UriOptions.of(URI.create(uri), new Options(5, false))
                .number("size", Options::size)
                .flag("flag", Options::flag)
                .end();
    }

    @ParameterizedTest
    @CsvSource({
        "x://h:1, 5, false",
        "x://h:1?, 5, false",
        "x://h:1?size=7, 7, false",
        "x://h:1?flag=true, 5, true",
        "x://h:1?flag=false&size=1, 1, false",
        "x://h:1?si%7ae=%37, 7, false",
    })
    void setsWhatTheQuerySays(String uri, int size, boolean flag) {
        assertThat(read(uri)).isEqualTo(new Options(size, flag));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x://h:1?size=many | bad value 'many' of option 'size' in '%s': expected a whole number",
                "x://h:1?size= | bad value '' of option 'size' in '%s': expected a whole number",
                "x://h:1?size=0 | bad value '0' of option 'size' in '%s': too small",
                "x://h:1?flag=yes | bad value 'yes' of option 'flag' in '%s': expected true or false",
                "x://h:1?flag | bad option 'flag' in '%s': expected name=value",
                "x://h:1?=1 | bad option '=1' in '%s': expected name=value",
                "x://h:1?size=1& | bad option '' in '%s': expected name=value",
                "x://h:1?size=1&size=1 | option 'size' appears twice in '%s'",
                "x://h:1?other=1 | unknown option 'other' in '%s': expected flag, size",
            })
    void complainsOfEverythingElse(String uri, String message) {
        assertThatThrownBy(() -> read(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message, uri);
    }

    @ParameterizedTest
    @CsvSource("x://h:1?size=1")
    void whoHasNoOptionsSaysSo(String uri) {
        assertThatThrownBy(() -> UriOptions.of(URI.create(uri), "none").end())
                .hasMessage("unknown option 'size' in '%s': expected none", uri);
    }
}
