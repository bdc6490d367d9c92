package io.socketserver.api.framing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as messages behind a short prefix. */
class ShortPrefixFuzz {

    private static final Fuzzed DECODER =
            new Fuzzed(Framing.lengthPrefix(2).littleEndian().maxMessage(20));

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void anyBytes(byte[] input) {
        DECODER.check(input);
    }
}
