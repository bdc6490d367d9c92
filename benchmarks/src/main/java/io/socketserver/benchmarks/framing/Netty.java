package io.socketserver.benchmarks.framing;

/** What Netty is fastest with. */
final class Netty {

    static final String POOLED = "-Dio.netty.allocator.type=pooled";
    static final String NO_LEAK_DETECTION = "-Dio.netty.leakDetection.level=disabled";
    static final String UNSAFE = "-Dio.netty.noUnsafe=false";
    static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";
    static final String UNSAFE_MEMORY = "--sun-misc-unsafe-memory-access=allow";
    static final String OWN_THREADS = "-Djmh.executor=CUSTOM";
    static final String THREADS = "-Djmh.executor.class=io.socketserver.benchmarks.framing.NettyThreads";

    private Netty() {}
}
