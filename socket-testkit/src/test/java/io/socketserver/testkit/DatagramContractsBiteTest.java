package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Datagram;
import io.socketserver.testkit.contract.Contract;
import io.socketserver.testkit.contract.DatagramContracts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each contract of datagrams is there for a reason: a transport with one fault breaks it. */
class DatagramContractsBiteTest {

    @TestFactory
    Stream<DynamicTest> aFaultBreaksWhatItSays() {
        return Bite.tests(bites());
    }

    @Test
    void noContractIsLeftOut() {
        Set<String> broken = new TreeSet<>();
        bites().forEach(bite -> broken.addAll(bite.broken()));
        assertThat(contracts(new MutantDatagrams(), Duration.ofSeconds(1)))
                .extracting(Contract::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(broken);
    }

    private static List<Bite> bites() {
        List<Bite> bites = new ArrayList<>(List.of(
                bite("small datagrams are merged", DatagramFaults.merges(), "boundaries"),
                bite("answers are merged", DatagramFaults.mergesAnswers(), "boundaries"),
                bite(
                        "empty datagrams are dropped",
                        DatagramFaults.dropsEmpty(),
                        "empty datagram",
                        "reply to an empty datagram"),
                bite(
                        "nobody has sent what is empty",
                        DatagramFaults.losesSenderOfEmpty(),
                        "reply to an empty datagram"),
                bite("empty answers are dropped", DatagramFaults.dropsEmptyAnswers(), "empty reply"),
                bite("truncation is silent", DatagramFaults.truncatesSilently(), "truncation is reported"),
                bite(
                        "a datagram of just the limit is called truncated",
                        DatagramFaults.truncatesAtTheLimit(),
                        "truncation is reported"),
                // Of one client there is no other.
                bite(
                        "answers go to the first sender",
                        DatagramFaults.answersTheFirst(),
                        "reply to the sender",
                        "many clients at once"),
                // Which is all that a drained server can do.
                bite(
                        "stopping ends answers",
                        DatagramFaults.stopEndsAnswers(),
                        "replies after accepting has stopped",
                        "drain answers requests in flight"),
                bite("answers after close are dropped", DatagramFaults.dropsAfterClose(), "reply after close"),
                bite("closing a client waits for its receive", DatagramFaults.closeWaits(), "close unblocks receive"),
                bite("short time-outs have no end", DatagramFaults.waitsForEver(), "receive time-out"),
                bite("an interrupt closes the client", DatagramFaults.interruptCloses(), "interrupted receive"),
                bite("a closed client sends", DatagramFaults.sendsAfterClose(), "closed client"),
                // All three bind an address again.
                bite(
                        "an address serves once",
                        DatagramFaults.bindsOnce(),
                        "address reuse",
                        "servers in turn",
                        "shutdown before serving")));
        for (EndpointFaults.Fault<Datagram> fault : EndpointFaults.<Datagram>all()) {
            bites.add(bite(
                    fault.name(),
                    MutantDatagrams.endpoint(fault.mutation()),
                    fault.broken().toArray(String[]::new)));
        }
        return bites;
    }

    private static Bite bite(String fault, MutantDatagrams mutant, String... broken) {
        return Bite.of(fault, limit -> contracts(mutant, limit), broken);
    }

    private static List<Contract> contracts(MutantDatagrams mutant, Duration limit) {
        return DatagramContracts.of(mutant, mutant.memory::address)
                .truncatingAt(MemoryDatagrams.LIMIT, mutant.memory::limited)
                .limit(limit)
                .contracts();
    }
}
