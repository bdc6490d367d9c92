package io.socketserver.testkit.jqwik;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * A way to cut bytes into chunks, as a network may do: the same for any bytes, since what is received should not depend on
 * it.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Chunking> chunkings() {
 *     return Chunking.any();
 * }
 *
 * @Property
 * void theAnswerDoesNotDependOnTheChunks(@ForAll("chunkings") Chunking chunking) throws Exception {
 *     byte[][] chunks = chunking.cut("hello\nworld\n".getBytes(UTF_8));
 *     assertEquals("HELLO\nWORLD\n", Exchange.of(chunks).with(new UpperHandler()).text());
 * }
 * }</pre>
 *
 * @param sizes how many bytes the chunks have, one after the other and then from the beginning again, each at least 1; if
 *     there are none, nothing is cut
 */
public record Chunking(List<Integer> sizes) {

    /** The largest chunk of {@link #any()}, in bytes. */
    public static final int LARGEST = 60;

    private static final int MOST_SIZES = 6;

    /**
     * Checks and copies the sizes.
     *
     * @param sizes as the record says
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public Chunking {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a chunk must have 1 byte or more, not " + size);
            }
        }
    }

    /**
     * Chunks of up to {@link #LARGEST} bytes; shrinks towards larger ones, and to none.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Chunking> any() {
        return any(LARGEST);
    }

    /**
     * Chunks of up to so many bytes; shrinks towards larger ones, and to none.
     *
     * @param largest the most bytes of a chunk, at least 1
     * @return the arbitrary
     */
    public static Arbitrary<Chunking> any(int largest) {
        return Arbitraries.integers()
                .between(1, largest)
                .shrinkTowards(largest)
                .list()
                .ofMaxSize(MOST_SIZES)
                .map(Chunking::new);
    }

    /**
     * Cuts bytes.
     *
     * @param bytes all of them
     * @return the chunks, in order, none of them empty
     */
    public byte[][] cut(byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        int to;
        for (int from = 0; from < bytes.length; from = to) {
            int size = sizes.isEmpty() ? bytes.length : sizes.get(chunks.size() % sizes.size());
            to = Math.min(bytes.length, from + size);
            chunks.add(Arrays.copyOfRange(bytes, from, to));
        }
        return chunks.toArray(byte[][]::new);
    }

    @Override
    public String toString() {
        return sizes.isEmpty() ? "not cut" : "cut after " + sizes + " bytes, and so on";
    }
}
