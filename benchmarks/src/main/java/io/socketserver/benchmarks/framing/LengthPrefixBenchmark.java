package io.socketserver.benchmarks.framing;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.socketserver.api.FramingException;
import io.socketserver.api.framing.Decoder;
import io.socketserver.api.framing.Framing;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to find a message behind its length of four bytes; Netty's decoder is called directly, without the pipeline that it would be in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            Netty.POOLED,
            Netty.NO_LEAK_DETECTION,
            Netty.UNSAFE,
            Netty.LENIENT,
            Netty.UNSAFE_MEMORY,
            Netty.OWN_THREADS,
            Netty.THREADS
        })
@SuppressWarnings("NullAway.Init") // set up by JMH
public class LengthPrefixBenchmark {

    /** How long a message is, without its length. */
    @Param({"16", "64", "1024"})
    public int bytes;

    private Decoder decoder;
    private ByteBuffer input;
    private ByteBuffer message;
    private NettyDecoder nettyDecoder;
    private ByteBuf nettyInput;

    /** Makes the frames. */
    @Setup
    public void makeFrames() {
        decoder = Framing.lengthPrefix(4).decoder();
        input = Frames.of(Framing.lengthPrefix(4), bytes);
        message = input.duplicate();
        nettyDecoder = new NettyDecoder();
        nettyInput = Frames.forNetty(input);
    }

    /**
     * Ours.
     *
     * @return something made of each message
     * @throws FramingException never
     */
    @Benchmark
    @OperationsPerInvocation(Frames.COUNT)
    public int sdk() throws FramingException {
        int sum = 0;
        input.rewind();
        while (decoder.next(input, message)) {
            sum += message.remaining() + message.get(message.position());
        }
        return sum;
    }

    /**
     * Netty's.
     *
     * @return the same
     * @throws Exception never
     */
    @Benchmark
    @OperationsPerInvocation(Frames.COUNT)
    public int netty() throws Exception {
        int sum = 0;
        nettyInput.readerIndex(0);
        for (ByteBuf frame = nettyDecoder.next(nettyInput); frame != null; frame = nettyDecoder.next(nettyInput)) {
            sum += frame.readableBytes() + frame.getByte(frame.readerIndex());
            frame.release();
        }
        return sum;
    }

    private static final class NettyDecoder extends LengthFieldBasedFrameDecoder {

        NettyDecoder() {
            super(Framing.DEFAULT_MAX_MESSAGE, 0, 4, 0, 4);
        }

        // It makes nothing of its context.
        ByteBuf next(ByteBuf in) throws Exception {
            return (ByteBuf) decode(null, in);
        }
    }
}
