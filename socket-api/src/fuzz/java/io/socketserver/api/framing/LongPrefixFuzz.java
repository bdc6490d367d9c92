package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages behind a prefix that counts itself, and can be negative. */
class LongPrefixFuzz {

    private static final Fuzzed DECODER =
            new Fuzzed(Framing.lengthPrefix(8).countingItself().maxMessage(20));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
