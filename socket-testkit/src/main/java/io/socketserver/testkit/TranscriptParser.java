package io.socketserver.testkit;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a transcript. */
final class TranscriptParser {

    private final List<Transcript.Entry> entries = new ArrayList<>();

    private TranscriptParser() {}

    /** Reads all lines; suffix is added to the number of a line to say where it is. */
    static List<Transcript.Entry> parse(String text, String suffix) {
        TranscriptParser parser = new TranscriptParser();
        int number = 0;
        for (String line : text.lines().toList()) {
            String place = "line " + ++number + suffix;
            try {
                parser.take(place, line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            }
        }
        return parser.entries;
    }

    private void take(String place, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (Character.isWhitespace(line.charAt(0))) {
            goOn(Literal.parse(line.strip()));
        } else if (line.startsWith(Step.CLIENT)) {
            entries.add(new Transcript.Entry(place, client(rest(line))));
        } else if (line.startsWith(Step.SERVER)) {
            entries.add(new Transcript.Entry(place, server(rest(line))));
        } else {
            throw new IllegalArgumentException("a line begins with '" + Step.CLIENT + "', '" + Step.SERVER
                    + "', # or white space, not as " + line);
        }
    }

    private static String rest(String line) {
        return line.substring(Step.CLIENT.length()).strip();
    }

    private void goOn(byte[] more) {
        if (!entries.isEmpty()) {
            Transcript.Entry last = entries.remove(entries.size() - 1);
            if (last.step() instanceof Step.Send send) {
                entries.add(new Transcript.Entry(last.place(), new Step.Send(join(send.bytes(), more))));
                return;
            }
            if (last.step() instanceof Step.Expect expect) {
                entries.add(new Transcript.Entry(last.place(), new Step.Expect(join(expect.bytes(), more))));
                return;
            }
        }
        throw new IllegalArgumentException(
                "a line that begins with white space goes on with bytes, but there are none" + " before it");
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    private static Step client(String what) {
        if (what.startsWith("idle ")) {
            return new Step.Idle(duration(what.substring("idle ".length()).strip()));
        }
        Step mark = mark(Step.CLIENT + what);
        return mark == null ? new Step.Send(literal(Step.CLIENT, what)) : mark;
    }

    private static Step server(String what) {
        if (what.startsWith("fail ")) {
            return new Step.Fail(what.substring("fail ".length()).strip());
        }
        Step mark = mark(Step.SERVER + what);
        return mark == null ? new Step.Expect(literal(Step.SERVER, what)) : mark;
    }

    private static @Nullable Step mark(String line) {
        return Arrays.stream(Step.Mark.values())
                .filter(mark -> mark.toString().equals(line))
                .findFirst()
                .orElse(null);
    }

    private static byte[] literal(String side, String what) {
        try {
            return Literal.parse(what);
        } catch (IllegalArgumentException e) {
            if (what.startsWith("\"") || what.startsWith("hex")) {
                throw e;
            }
            String marks = Arrays.stream(Step.Mark.values())
                    .map(Step.Mark::toString)
                    .filter(line -> line.startsWith(side))
                    .map(line -> line.substring(side.length()))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "after '" + side + "' there is \"text\", hex and digits, " + marks
                            + (side.equals(Step.CLIENT) ? ", or idle and a duration" : ", or fail and a class")
                            + ", but not " + what,
                    e);
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a duration is written as PT5M or PT0.2S, not as " + text, e);
        }
    }
}
