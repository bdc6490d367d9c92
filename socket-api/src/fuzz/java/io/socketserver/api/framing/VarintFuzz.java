package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages behind a prefix of variable length. */
class VarintFuzz {

    private static final Fuzzed DECODER = new Fuzzed(Framing.varintPrefix().maxMessage(300));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
