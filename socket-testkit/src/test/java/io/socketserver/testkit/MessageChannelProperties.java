package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageChannel;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MessageChannelProperties {

    // Few that are tiny: each byte costs two threads a turn then.
    @Provide
    Arbitrary<Integer> capacities() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 20)),
                Tuple.of(9, Arbitraries.integers().between(21, 5000)));
    }

    @Property(tries = 200)
    void messagesArriveWhateverTheSizes(
            @ForAll("capacities") int capacity,
            @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 20_000) Integer> sizes,
            @ForAll @IntRange(min = 0, max = 4) int kind)
            throws Exception {
        Framing framing = List.of(
                        Framing.lines(),
                        Framing.delimitedBy((byte) '\r', (byte) '\n'),
                        Framing.lengthPrefix(2),
                        Framing.lengthPrefix(8).littleEndian().countingItself(),
                        Framing.varintPrefix())
                .get(kind);
        try (MemoryPair narrow = MemoryPair.open(MemoryOptions.defaults().capacity(capacity))) {
            Async<Boolean> sent = Async.run(() -> {
                try (MessageChannel sender = MessageChannel.of(narrow.client(), framing)) {
                    for (int size : sizes) {
                        sender.write(ByteBuffer.wrap(content(size)));
                    }
                    sender.flush();
                }
            });
            MessageChannel receiver = MessageChannel.of(narrow.server(), framing);
            for (int size : sizes) {
                assertThat(receiver.receive()).isEqualTo(ByteBuffer.wrap(content(size)));
            }
            assertThat(receiver.receive()).isNull();
            assertThat(sent.join()).isTrue();
        }
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) ('a' + (i * 7 + size) % 26);
        }
        return content;
    }
}
