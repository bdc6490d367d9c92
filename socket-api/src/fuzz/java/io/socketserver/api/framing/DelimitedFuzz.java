package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages between delimiters that can overlap with themselves. */
class DelimitedFuzz {

    private static final Fuzzed DECODER =
            new Fuzzed(Framing.delimitedBy((byte) 1, (byte) 1, (byte) 2).maxMessage(20));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
