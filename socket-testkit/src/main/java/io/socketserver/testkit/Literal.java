package io.socketserver.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Bytes as they are written in transcripts: quoted text with escapes, or {@code hex} and two digits each. */
final class Literal {

    private static final String HEX = "hex";
    private static final HexFormat DIGITS = HexFormat.of();
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");
    private static final Map<Integer, String> ESCAPES =
            Map.of((int) '\n', "\\n", (int) '\r', "\\r", (int) '\t', "\\t", (int) '"', "\\\"", (int) '\\', "\\\\");

    private static final int BRIEF_TEXT = 60;
    private static final int BRIEF_HEX = 20;
    private static final int HEX_IN_LINE = 16;

    private Literal() {}

    /** Text if most of it is, hex otherwise. */
    static String of(byte[] bytes) {
        return isText(bytes) ? quoted(bytes) : hex(bytes);
    }

    /** The same, cut short if it is long. */
    static String brief(byte[] bytes) {
        int most = isText(bytes) ? BRIEF_TEXT : BRIEF_HEX;
        return bytes.length <= most ? of(bytes) : of(Arrays.copyOf(bytes, most)) + "... (" + bytes.length + " bytes)";
    }

    /** The same, on as many lines as there are in the text, or with few enough bytes on each. */
    static List<String> lines(byte[] bytes) {
        boolean text = isText(bytes);
        List<String> lines = new ArrayList<>();
        for (int from = 0, to; from < bytes.length; from = to) {
            to = text ? endOfLine(bytes, from) : Math.min(from + HEX_IN_LINE, bytes.length);
            byte[] line = Arrays.copyOfRange(bytes, from, to);
            lines.add(text ? quoted(line) : hex(line));
        }
        return lines.isEmpty() ? List.of(quoted(bytes)) : lines;
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, bytes.length);
    }

    private static String hex(byte[] bytes) {
        return HEX + " " + SPACED.formatHex(bytes);
    }

    private static boolean isText(byte[] bytes) {
        int strange = 0;
        for (Symbol symbol : Symbol.of(bytes)) {
            strange += symbol.printable() || ESCAPES.containsKey(symbol.codePoint()) ? 0 : symbol.length();
        }
        return strange <= bytes.length / 4;
    }

    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        int at = 0;
        for (Symbol symbol : Symbol.of(bytes)) {
            String escape = ESCAPES.get(symbol.codePoint());
            if (escape != null) {
                text.append(escape);
            } else if (symbol.printable()) {
                text.appendCodePoint(symbol.codePoint());
            } else {
                for (int i = at; i < at + symbol.length(); i++) {
                    text.append("\\x").append(DIGITS.toHexDigits(bytes[i]));
                }
            }
            at += symbol.length();
        }
        return text.append('"').toString();
    }

    /** The bytes of a literal; the exception says what is wrong with it. */
    static byte[] parse(String literal) {
        if (literal.startsWith("\"")) {
            return unquoted(literal);
        }
        if (literal.equals(HEX) || literal.startsWith(HEX + " ")) {
            return digits(literal.substring(HEX.length()));
        }
        throw new IllegalArgumentException("expected \"text\" or hex digits after the word hex, not " + literal);
    }

    private static byte[] digits(String text) {
        try {
            return DIGITS.parseHex(text.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hex needs two digits for each byte, not" + text, e);
        }
    }

    private static byte[] unquoted(String literal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 1;
        while (at < literal.length() && literal.charAt(at) != '"') {
            if (literal.charAt(at) == '\\') {
                at = unescape(literal, at + 1, bytes);
            } else {
                int end = literal.offsetByCodePoints(at, 1);
                bytes.writeBytes(literal.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        if (at >= literal.length()) {
            throw new IllegalArgumentException("the closing quote is missing in " + literal);
        }
        if (at < literal.length() - 1) {
            throw new IllegalArgumentException("nothing may follow the closing quote, but " + literal.substring(at + 1)
                    + " does; a quote in the text is \\\"");
        }
        return bytes.toByteArray();
    }

    /** Writes what is escaped and returns the index behind it. */
    private static int unescape(String literal, int at, ByteArrayOutputStream bytes) {
        String rest = literal.substring(at);
        for (Map.Entry<Integer, String> escape : ESCAPES.entrySet()) {
            if (rest.startsWith(escape.getValue().substring(1))) {
                bytes.write(escape.getKey());
                return at + 1;
            }
        }
        if (rest.matches("(?s)x[0-9a-fA-F]{2}.*")) {
            bytes.write(HexFormat.fromHexDigits(rest, 1, 3));
            return at + 3;
        }
        throw new IllegalArgumentException("\\" + rest.substring(0, Math.min(1, rest.length()))
                + " is no escape; those are \\n \\r \\t \\\" \\\\ and \\x with two hex digits");
    }
}
