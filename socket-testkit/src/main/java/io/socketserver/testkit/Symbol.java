package io.socketserver.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A character in UTF-8, or a byte that belongs to none.
 *
 * @param codePoint the character, -1 if it is none
 * @param length in bytes
 */
record Symbol(int codePoint, int length) {

    static List<Symbol> of(byte[] bytes) {
        List<Symbol> symbols = new ArrayList<>(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            Symbol next = at(bytes, at);
            symbols.add(next);
            at += next.length;
        }
        return symbols;
    }

    private static Symbol at(byte[] bytes, int at) {
        int length = length(bytes[at]);
        if (length == 1) {
            return new Symbol(bytes[at], 1);
        }
        try {
            ByteBuffer encoded = ByteBuffer.wrap(bytes, at, Math.min(length, bytes.length - at));
            String one = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
            return new Symbol(one.codePointAt(0), length);
        } catch (CharacterCodingException e) {
            return new Symbol(-1, 1);
        }
    }

    // What no character begins with is taken for the beginning of a long one, and then found to be none.
    private static int length(byte first) {
        if (first >= 0) {
            return 1;
        }
        int ones = Integer.numberOfLeadingZeros(~first << 24);
        return Math.max(2, Math.min(ones, 4));
    }

    /** Whether people can tell it from others; the replacement of what is no character does not count. */
    boolean printable() {
        return codePoint >= ' '
                && codePoint != '\ufffd'
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
