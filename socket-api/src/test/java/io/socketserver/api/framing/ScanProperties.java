package io.socketserver.api.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScanProperties {

    @Provide
    Arbitrary<byte[]> text() {
        // Neighbours of what is wanted, which a carry would make look like it, and those with the top bit.
        return Arbitraries.of(0, 1, 9, 10, 11, 127, -128, -118, -117, -1)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(60);
    }

    @Property(tries = 5000)
    void theFirstSuchByteIsFound(
            @ForAll("text") byte[] text,
            @ForAll("wanted") byte wanted,
            @ForAll boolean direct,
            @ForAll boolean littleEndian) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(text.length) : ByteBuffer.allocate(text.length);
        buffer.put(text).flip().order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Scan scan = new Scan(wanted);
        for (int from = 0; from <= text.length; from++) {
            for (int to = from; to <= text.length; to += 1 + to % 3) {
                assertThat(scan.indexOf(buffer, from, to)).isEqualTo(naive(text, from, to, wanted));
            }
        }
    }

    @Provide
    Arbitrary<Byte> wanted() {
        return Arbitraries.of(0, 10, 127, -128, -1).map(Integer::byteValue);
    }

    private static int naive(byte[] text, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
