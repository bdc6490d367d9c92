/**
 * Tests handlers and servers without ports, real time or sleeping.
 *
 * <p>From small to large: an {@link io.socketserver.testkit.Exchange} runs one handler on the calling thread; a {@link
 * io.socketserver.testkit.Script} talks with one, step by step, and can be written down as a {@link
 * io.socketserver.testkit.Transcript}; a {@link io.socketserver.testkit.MemoryEndpoint} gives a whole server clients that live
 * in the same process; {@link io.socketserver.testkit.VirtualTime} moves that server's clock by hand; on a {@link
 * io.socketserver.testkit.Network} time moves by itself, and whatever can go wrong does so as its seed has it, each time the
 * same; a {@link io.socketserver.testkit.LoopWatch} shows that no handler has blocked its event loop; and a {@link
 * io.socketserver.testkit.LeakCheck} that nothing was left behind.
 *
 * <p>Those who test with JUnit 5 find a server under test in {@link io.socketserver.testkit.junit}, those who test with jqwik
 * arbitraries in {@link io.socketserver.testkit.jqwik}; everybody else needs neither of the two at run time, but for {@link
 * io.socketserver.testkit.contract.ContractTests}, which makes JUnit's tests of contracts.
 *
 * <p>Authors of transports find what every transport promises in {@link io.socketserver.testkit.contract}.
 */
module io.socketserver.testkit {
    requires transitive io.socketserver.api;
    requires static net.jqwik.api;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.socketserver.testkit;
    exports io.socketserver.testkit.contract;
    exports io.socketserver.testkit.jqwik;
    exports io.socketserver.testkit.junit;
}
