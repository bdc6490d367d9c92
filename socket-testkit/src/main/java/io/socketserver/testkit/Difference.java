package io.socketserver.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Expected and actual bytes for people to compare: as text, and in rows of hex beside each other. */
final class Difference {

    private static final int ROW = 8;
    private static final int ROWS_BEFORE = 2;
    private static final int ROWS = 10;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private Difference() {}

    /** What a step says that expects other bytes than were sent; null if nothing was sent. */
    static String of(byte[] expected, byte @Nullable [] actual) {
        if (actual == null || (actual.length == 0 && expected.length > 0)) {
            return "nothing was sent, and not " + Literal.brief(expected);
        }
        int same = Arrays.mismatch(expected, actual);
        if (same == expected.length) {
            return bytes(actual.length - same) + " too many were sent\n" + show(expected, actual, same);
        }
        if (same == actual.length) {
            return "only " + bytes(same) + " of " + expected.length + " were sent\n" + show(expected, actual, same);
        }
        return "what was sent differs from byte " + same + " on, the first being 0\n" + show(expected, actual, same);
    }

    private static String bytes(int count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    /** Only what is near the first difference, if there is much. */
    private static String show(byte[] expected, byte[] actual, int difference) {
        int from = Math.max(0, difference / ROW - ROWS_BEFORE) * ROW;
        int to = Math.min(Math.max(expected.length, actual.length), from + ROWS * ROW);
        StringBuilder text = new StringBuilder();
        text.append("expected ").append(brief(expected, from));
        text.append("\nactual   ").append(brief(actual, from));
        text.append(String.format("\n        %-35s%s", "expected", "actual"));
        for (int at = from; at < to; at += ROW) {
            String mark = Arrays.equals(row(expected, at), row(actual, at)) ? " " : "|";
            String row = String.format("\n%06x  %s %s %s", at, show(expected, at), mark, show(actual, at));
            text.append(row.stripTrailing());
        }
        return text.toString();
    }

    private static String brief(byte[] bytes, int from) {
        if (from == 0) {
            return Literal.brief(bytes);
        }
        return "... " + Literal.brief(Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length));
    }

    private static byte[] row(byte[] bytes, int at) {
        int from = Math.min(at, bytes.length);
        return Arrays.copyOfRange(bytes, from, Math.min(from + ROW, bytes.length));
    }

    private static String show(byte[] bytes, int at) {
        byte[] row = row(bytes, at);
        String text = new String(row, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
        return String.format("%-23s  %-8s", HEX.formatHex(row), text);
    }
}
