package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages of one length. */
class FixedFuzz {

    private static final Fuzzed DECODER = new Fuzzed(Framing.fixed(7));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
