package io.socketserver.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.testkit.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkingProperties {

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Chunking.any();
    }

    @Property
    void chunksAreTheBytesInOrder(@ForAll("chunkings") Chunking chunking, @ForAll @Size(max = 300) byte[] bytes)
            throws Exception {
        byte[][] chunks = chunking.cut(bytes);
        assertThat(Arrays.stream(chunks)).allMatch(chunk -> chunk.length > 0);
        assertThat(Exchange.of(chunks)
                        .with(request -> request.input().transferTo(request.output()))
                        .bytes())
                .isEqualTo(bytes);
    }

    @Property
    void chunksHaveTheSizes(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 20) Integer> sizes,
            @ForAll @Size(max = 300) byte[] bytes) {
        byte[][] chunks = new Chunking(sizes).cut(bytes);
        List<Integer> expected = new ArrayList<>();
        for (int left = bytes.length; left > 0; left -= expected.get(expected.size() - 1)) {
            expected.add(Math.min(left, sizes.get(expected.size() % sizes.size())));
        }
        assertThat(Arrays.stream(chunks).map(chunk -> chunk.length)).isEqualTo(expected);
    }

    @Example
    void whatFailsIsCutAsLittleAsItCanBe() {
        assertThat(Shrunk.of(Chunking.any(), chunking -> chunking.sizes().size() < 2))
                .isEqualTo(new Chunking(List.of(60, 60)));
        assertThat(Shrunk.of(Chunking.any(), chunking -> chunking.cut(new byte[100]).length < 3))
                .isEqualTo(new Chunking(List.of(49)));
        assertThat(Shrunk.of(Chunking.any(), chunking -> false)).isEqualTo(new Chunking(List.of()));
    }

    @Example
    void noSizesDoNotCutAndNoBytesHaveNoChunks() {
        Chunking whole = new Chunking(List.of());
        assertThat(whole.cut(new byte[1000])).hasDimensions(1, 1000);
        assertThat(whole.cut(new byte[0])).isEmpty();
        assertThat(new Chunking(List.of(3)).cut(new byte[0])).isEmpty();
        assertThat(whole).hasToString("not cut");
        assertThat(new Chunking(List.of(3, 1))).hasToString("cut after [3, 1] bytes, and so on");
    }

    @Example
    void sizesArePositive() {
        assertThatThrownBy(() -> new Chunking(List.of(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }
}
