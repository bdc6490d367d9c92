package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages as they come. */
class UnframedFuzz {

    private static final Fuzzed DECODER = new Fuzzed(Framing.none().maxMessage(20));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
