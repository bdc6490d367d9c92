package io.socketserver.benchmarks.framing;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Has JMH run everything on threads of Netty's own kind, on which its pools work best. */
public final class NettyThreads extends ThreadPoolExecutor {

    /**
     * Made by JMH.
     *
     * @param threads how many
     * @param name what their names begin with
     */
    public NettyThreads(int threads, String name) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(name, true));
    }
}
