package io.socketserver.api.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.FramingException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What messages cost in memory once a stream is under way: nothing. */
class DecoderAllocationTest {

    private static final int FRAMES = 100_000;
    /** Less than a byte for each frame, of which an object would take sixteen; compilation takes some at times. */
    private static final long NOISE = FRAMES;

    static List<Framing> framings() {
        return Framings.all();
    }

    @ParameterizedTest
    @MethodSource("framings")
    void aFrameAllocatesNothing(Framing framing) throws Exception {
        Decoder decoder = framing.decoder();
        ByteBuffer message = ByteBuffer.wrap(Framings.bytes("message"));
        ByteBuffer stream = ByteBuffer.allocateDirect(2 * framing.maxFrame());
        ByteBuffer view = stream.asReadOnlyBuffer();
        transfer(framing, decoder, message, stream, view, FRAMES / 10);
        Allocated allocated = Allocated.meter();
        long before = allocated.bytes();
        int found = transfer(framing, decoder, message, stream, view, FRAMES);
        long after = allocated.bytes();
        assertThat(found).isEqualTo(FRAMES);
        assertThat(after - before).isLessThan(NOISE);
    }

    /** Encodes and decodes so often, each frame in two pieces. */
    private static int transfer(
            Framing framing, Decoder decoder, ByteBuffer message, ByteBuffer stream, ByteBuffer view, int times)
            throws FramingException {
        int found = 0;
        for (int i = 0; i < times; i++) {
            stream.clear();
            message.rewind();
            framing.encode(message, stream);
            int end = stream.position();
            stream.position(0).limit(framing instanceof Unframed ? 0 : end - 1);
            if (decoder.next(stream, view)) {
                throw new AssertionError("a message came too early");
            }
            stream.limit(end);
            while (decoder.next(stream, view)) {
                found += view.remaining() == 7 ? 1 : 0;
            }
        }
        return found;
    }
}
