package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as lines. */
// Of the two, the one that can express a carriage return at the end of a line.
class LinesFuzz {

    private static final Fuzzed DECODER = new Fuzzed(Framing.crlfLines().maxMessage(20));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
