package io.socketserver.api.framing;

import java.nio.ByteBuffer;

/**
 * A sequence of bytes to look for, one byte of the text after the other and never back: the automaton of Knuth, Morris
 * and Pratt, whose state is how many bytes of the sequence the text so far ends with.
 */
final class Delimiter {

    private final byte[] bytes;
    // For each state but the first: the longest shorter one that the same text is in as well.
    private final int[] shorter;
    private final Scan first;

    Delimiter(byte[] delimiter) {
        if (delimiter.length == 0) {
            throw new IllegalArgumentException("a delimiter must have at least one byte");
        }
        bytes = delimiter.clone();
        first = new Scan(bytes[0]);
        shorter = new int[bytes.length];
        for (int i = 1, state = 0; i < bytes.length; i++) {
            state = after(state, bytes[i]);
            shorter[i] = state;
        }
    }

    int length() {
        return bytes.length;
    }

    /** Where the sequence could begin in a part of a text, or -1. */
    int indexOfFirst(ByteBuffer text, int from, int to) {
        return first.indexOf(text, from, to);
    }

    /** The state after one more byte; not from the last state, in which the sequence was found. */
    int after(int state, byte next) {
        int matched = state;
        while (matched > 0 && bytes[matched] != next) {
            matched = shorter[matched - 1];
        }
        return bytes[matched] == next ? matched + 1 : 0;
    }

    /** Whether the first place where the sequence is found in a text followed by it is that behind the text. */
    boolean canFollow(ByteBuffer text) {
        int state = 0;
        for (int i = text.position(); i < text.limit(); i++) {
            state = after(state, text.get(i));
            if (state == bytes.length) {
                return false;
            }
        }
        for (int i = 0; i < bytes.length - 1; i++) {
            state = after(state, bytes[i]);
            if (state == bytes.length) {
                return false;
            }
        }
        return true;
    }

    void putInto(ByteBuffer out) {
        out.put(bytes);
    }
}
