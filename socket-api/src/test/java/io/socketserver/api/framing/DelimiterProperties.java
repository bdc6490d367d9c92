package io.socketserver.api.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.FramingException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Delimiters of two letters only, so that they overlap with themselves and with the text. */
class DelimiterProperties {

    @Property(tries = 3000)
    void messagesAreThoseThatALookForTheDelimiterFinds(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 60) String text,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 5) String delimiter,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> cuts)
            throws FramingException {
        List<String> expected = new ArrayList<>();
        int from = 0;
        for (int at; (at = text.indexOf(delimiter, from)) >= 0; from = at + delimiter.length()) {
            expected.add(text.substring(from, at));
        }
        Stream stream = new Stream(Framing.delimitedBy(delimiter.getBytes(ISO_8859_1)), false);
        stream.arrive(text.getBytes(ISO_8859_1), cuts);
        assertThat(stream.messages().stream().map(message -> new String(message, ISO_8859_1)))
                .isEqualTo(expected);
    }

    @Property(tries = 3000)
    void aMessageIsRefusedIfItsEndWouldNotBeFound(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 12) String text,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(min = 1, max = 5) String delimiter) {
        Framing framing = Framing.delimitedBy(delimiter.getBytes(ISO_8859_1));
        if ((text + delimiter).indexOf(delimiter) == text.length()) {
            assertThat(Framings.encode(framing, text.getBytes(ISO_8859_1)))
                    .asString(ISO_8859_1)
                    .isEqualTo(text + delimiter);
        } else {
            assertThatThrownBy(() -> Framings.encode(framing, text.getBytes(ISO_8859_1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot contain the delimiter");
        }
    }

    @Test
    void aDelimiterHasBytesAndIsCopied() throws FramingException {
        assertThatThrownBy(Framing::delimitedBy).isInstanceOf(IllegalArgumentException.class);
        byte[] delimiter = {';'};
        Framing framing = Framing.delimitedBy(delimiter);
        delimiter[0] = '!';
        assertThat(Stream.decode(framing, Framings.bytes("a!b;"), List.of(1), false))
                .containsExactly(Framings.bytes("a!b"));
    }
}
