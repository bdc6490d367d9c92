package io.socketserver.testkit.jqwik;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.testkit.FaultPlan;
import io.socketserver.testkit.Network;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@SuppressWarnings("try") // a server is there to be spoken to
class FaultPlansProperties {

    private static final Handler<Request> ECHO = request -> request.input().transferTo(request.output());

    private static final Pattern CALLS = Pattern.compile("(?<=\\)\\.)\\w+");

    @Provide
    Arbitrary<FaultPlan> slow() {
        return FaultPlans.slow();
    }

    @Property(tries = 100)
    void whatIsSlowLosesNothing(@ForAll long seed, @ForAll("slow") FaultPlan plan) throws Exception {
        Network.simulate(seed, plan, network -> assertThat(echoed(network)).isEqualTo("hello"));
    }

    @Example
    void whatResetsDoesSoSometimes() throws Exception {
        int lost = 0;
        for (FaultPlan plan : FaultPlans.resetting().sampleStream().limit(50).toList()) {
            boolean[] whole = {false};
            Network.simulate(1, plan, network -> whole[0] = isEchoed(network));
            lost += whole[0] ? 0 : 1;
        }
        assertThat(lost).isBetween(1, 49);
    }

    @Example
    void whatLosesDoesSoSometimes() throws Exception {
        int lost = 0;
        for (FaultPlan plan : FaultPlans.losing().sampleStream().limit(50).toList()) {
            boolean[] whole = {false};
            Network.simulate(1, plan, network -> whole[0] = isAnswered(network));
            lost += whole[0] ? 0 : 1;
        }
        assertThat(lost).isBetween(1, 49);
    }

    @Example
    void eachHasItsFaultsAndNoOthers() {
        List<String> slow = List.of("split", "merge", "stall", "delay", "bandwidth");
        assertThat(faults(FaultPlans.slow())).hasSameElementsAs(slow);
        assertThat(faults(FaultPlans.resetting())).hasSameElementsAs(with(slow, "reset", "abort"));
        assertThat(faults(FaultPlans.losing()))
                .hasSameElementsAs(with(slow, "drop", "duplicate", "truncate", "reorder"));
    }

    /** What some of many plans have, by the calls that they print. */
    private static Set<String> faults(Arbitrary<FaultPlan> plans) {
        return plans.sampleStream()
                .limit(200)
                .flatMap(plan -> CALLS.matcher(plan.toString()).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    @Example
    void theyShrinkToANetworkOnWhichNothingGoesWrong() {
        for (Arbitrary<FaultPlan> plans : List.of(FaultPlans.slow(), FaultPlans.resetting(), FaultPlans.losing())) {
            FaultPlan least = Shrunk.of(plans, plan -> false);
            assertThat(least).hasToString("FaultPlan.none()");
        }
    }

    private static String echoed(Network network) throws Exception {
        try (Server<Connection> server = Server.on(network.bind("echo"))
                        .time(network.time())
                        .handle(ECHO)
                        .start();
                Connection client = network.connect("echo")) {
            client.write("hello".getBytes(UTF_8));
            client.shutdownOutput();
            return new String(client.input().readAllBytes(), UTF_8);
        }
    }

    private static boolean isEchoed(Network network) throws Exception {
        try {
            return echoed(network).equals("hello");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isAnswered(Network network) throws Exception {
        try (Server<Datagram> server = Server.on(network.bindDatagram("echo"))
                        .time(network.time())
                        .handle(ECHO)
                        .start();
                DatagramClient client = network.openDatagram("echo")) {
            client.send("hello".getBytes(UTF_8));
            Datagram answer = client.receive(Duration.ofSeconds(10));
            return new String(answer.input().readAllBytes(), UTF_8).equals("hello");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
