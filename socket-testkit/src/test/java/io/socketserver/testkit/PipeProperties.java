package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PipeProperties {

    @Property(tries = 300)
    void bytesArriveIntactWhateverTheSizes(
            @ForAll @IntRange(min = 1, max = 40) int capacity,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 60) Integer> writes,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 60) Integer> reads)
            throws Exception {
        try (MemoryPair pair = MemoryPair.open(MemoryOptions.defaults().capacity(capacity))) {
            Async<Boolean> writer = Async.run(() -> {
                byte next = 0;
                for (int size : writes) {
                    byte[] chunk = new byte[size];
                    for (int i = 0; i < size; i++) {
                        chunk[i] = next++;
                    }
                    pair.client().write(chunk);
                }
                pair.client().close();
            });
            int total = readAll(pair.server(), reads, capacity);
            assertThat(total)
                    .isEqualTo(writes.stream().mapToInt(Integer::intValue).sum());
            assertThat(writer.join()).isTrue();
        }
    }

    @Property(tries = 100)
    void whoPollsForRoomIsToldOfHalfOfIt(
            @ForAll @IntRange(min = 1, max = 40) int capacity, @ForAll @IntRange(max = 40) int taken) throws Exception {
        Pipe pipe = new Pipe(MemoryOptions.defaults().capacity(capacity));
        pipe.tryWrite(ByteBuffer.allocate(41));
        assertThat(pipe.writable()).isFalse();
        pipe.tryRead(ByteBuffer.allocate(taken));
        assertThat(pipe.writable()).isEqualTo(2 * taken >= capacity);
    }

    /** Reads to the end and checks that each byte is the successor of the one before. */
    private static int readAll(Connection from, List<Integer> sizes, int capacity) throws Exception {
        int total = 0;
        for (int round = 0; ; round++) {
            byte[] target = new byte[sizes.get(round % sizes.size())];
            int count = from.read(target);
            if (count < 0) {
                return total;
            }
            assertThat(count).isBetween(1, Math.min(target.length, capacity));
            for (int i = 0; i < count; i++) {
                assertThat(target[i]).isEqualTo((byte) total++);
            }
        }
    }
}
