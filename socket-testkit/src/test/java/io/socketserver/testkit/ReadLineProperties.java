package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.FramingException;
import io.socketserver.api.Handler;
import io.socketserver.testkit.jqwik.Chunking;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReadLineProperties {

    /** What a handler does with input that comes in chunks. */
    private static void with(String text, Chunking chunking, Handler<Connection> handler) throws Exception {
        Exchange.of(chunking.cut(text.getBytes(UTF_8))).with(handler);
    }

    /** The lines that readLine should find: as {@link String#split} has them, which keeps a lone carriage return. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean ended = text.endsWith("\n");
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (ended) {
            lines.remove(lines.size() - 1);
        }
        for (int i = 0; i < lines.size() - (ended ? 0 : 1); i++) {
            String line = lines.get(i);
            lines.set(i, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        return lines;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "bc", "\n", "\r\n", "\r", "é", "漢", "😀", "x".repeat(9000))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Chunking.any();
    }

    @Provide
    Arbitrary<Chunking> largeChunkings() {
        return Chunking.any(5000);
    }

    @Property(tries = 300)
    void linesAreFoundHoweverTheBytesAreCut(@ForAll("texts") String text, @ForAll("chunkings") Chunking chunking)
            throws Exception {
        with(text, chunking, connection -> {
            List<String> read = new ArrayList<>();
            for (String line; (line = connection.readLine(1_000_000)) != null; ) {
                read.add(line);
            }
            assertThat(read).isEqualTo(lines(text));
            assertThat(connection.readLine()).isNull();
        });
    }

    @Property(tries = 300)
    void noByteIsLostBetweenReadAndReadLine(
            @ForAll("texts") String text,
            @ForAll("chunkings") Chunking chunking,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 20) Integer> reads)
            throws Exception {
        with(text, chunking, connection -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            // Line endings are lost by readLine, so they are left out of the comparison.
            for (int i = 0; ; i++) {
                int size = reads.get(i % reads.size());
                if (size == 0) {
                    String line = connection.readLine(1_000_000);
                    if (line == null) {
                        break;
                    }
                    all.writeBytes(line.getBytes(UTF_8));
                } else {
                    byte[] target = new byte[size];
                    int count = connection.read(target);
                    if (count < 0) {
                        break;
                    }
                    all.write(target, 0, count);
                }
            }
            // Reads may cut a character in two, and readLine replaces halves; so only whole ASCII is compared.
            assertThat(ascii(all.toString(UTF_8))).isEqualTo(ascii(text));
        });
    }

    private static String ascii(String text) {
        return text.replaceAll("[^a-z]", "");
    }

    @Property(tries = 200)
    void aLineOfTheMaximumIsTakenAndALongerOneIsNot(
            @ForAll @IntRange(min = 0, max = 20_000) int max, @ForAll("largeChunkings") Chunking chunking)
            throws Exception {
        String longest = "x".repeat(max);
        with(longest + "\n" + longest + "\r\n" + longest, chunking, connection -> {
            assertThat(connection.readLine(max)).isEqualTo(longest);
            assertThat(connection.readLine(max)).isEqualTo(longest);
            assertThat(connection.readLine(max)).isEqualTo(max == 0 ? null : longest);
            assertThat(connection.readLine(max)).isNull();
        });
        for (String tooLong : List.of(longest + "x\n", longest + "x\r\n", longest + "x", longest + "\r\r\n")) {
            with(
                    tooLong,
                    chunking,
                    connection -> assertThatThrownBy(() -> connection.readLine(max))
                            .isInstanceOf(FramingException.class)
                            .hasMessageContaining("maximum of " + max));
        }
    }

    @Property(tries = 20)
    void aLineWithoutAnEndIsGivenUpNearTheMaximum(@ForAll @IntRange(min = 0, max = 100_000) int max) throws Exception {
        int[] taken = {0};
        byte[] chunk = new byte[1000];
        Arrays.fill(chunk, (byte) 'x');
        try (MemoryPair pair = MemoryPair.open(MemoryOptions.defaults().capacity(1000))) {
            Async<Boolean> writer = Async.run(() -> {
                while (taken[0] < 10_000_000) {
                    pair.client().write(chunk);
                    taken[0] += chunk.length;
                }
            });
            assertThatThrownBy(() -> pair.server().readLine(max)).isInstanceOf(FramingException.class);
            pair.server().close();
            assertThatThrownBy(writer::join).isInstanceOf(io.socketserver.api.DisconnectedException.class);
            assertThat(taken[0]).isLessThan(max + 8192 + 3000);
        }
    }
}
