package io.socketserver.testkit;

import io.socketserver.api.Connection;
import io.socketserver.api.spi.Poller;
import io.socketserver.testkit.contract.Contract;
import io.socketserver.testkit.contract.StreamContracts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What can be wrong with streams, and the contracts that each fault breaks.
 *
 * @param folder where no file may be left
 */
record StreamBites(Path folder) {

    private static final String[] READ_TIMEOUTS =
            onThreads("read time-out", "past time-out", "present time-out", "future time-out");
    private static final String[] WRITE_TIMEOUTS = onThreads(
            "write time-out", "write time-out of the whole", "past time-out", "present time-out", "future time-out");

    private static final String[] BINDING_AGAIN = {"address reuse", "servers in turn", "shutdown before serving"};

    List<Bite> all() {
        return Stream.of(transfer(), timeouts(), closing(), polling(), listening())
                .flatMap(List::stream)
                .toList();
    }

    private List<Bite> transfer() {
        return List.of(
                bite(
                        "a byte is lost",
                        MutantStreams.serverEnd(ChannelFaults::dropsAByteOfAMegabyte),
                        both("basic I/O")),
                bite(
                        "bytes are reordered",
                        MutantStreams.serverEnd(ChannelFaults::swapsTwoBytesOfAMegabyte),
                        both("basic I/O")),
                bite(
                        "a small write is garbled",
                        MutantStreams.bothEnds(ChannelFaults::garblesTheNineHundredthWrite),
                        both("ping-pong")),
                bite(
                        "readers disturb each other",
                        MutantStreams.serverEnd(ChannelFaults::garblesWhatSeveralThreadsRead),
                        both("racy reads")),
                bite(
                        "writes are interleaved",
                        MutantStreams.clientEnd(ChannelFaults::interleavesBlocks),
                        both("racy writes")),
                bite(
                        "an empty write ends the stream",
                        MutantStreams.clientEnd(ChannelFaults::endsAtAnEmptyWrite),
                        both("empty buffers")),
                bite(
                        "an empty read is taken for the end",
                        MutantStreams.serverEnd(ChannelFaults::takesNoRoomForTheEnd),
                        both("empty buffers")),
                bite(
                        "a getter waits for a read",
                        MutantStreams.serverEnd(ChannelFaults::addressWaitsForReads),
                        both("concurrent methods")));
    }

    private List<Bite> timeouts() {
        return List.of(
                bite(
                        "read time-outs are ignored",
                        MutantStreams.bothEnds(TimeoutFaults::ignoresReadTimeouts),
                        plus(READ_TIMEOUTS, "racy reads (timed)")),
                bite(
                        "write time-outs are ignored",
                        MutantStreams.bothEnds(TimeoutFaults::ignoresWriteTimeouts),
                        WRITE_TIMEOUTS),
                bite(
                        "read time-outs hold for writes",
                        MutantStreams.bothEnds(TimeoutFaults::readTimeoutsHoldForWrites),
                        onThreads("read time-out")),
                bite(
                        "write time-outs hold for reads",
                        MutantStreams.bothEnds(TimeoutFaults::writeTimeoutsHoldForReads),
                        onThreads("write time-out")),
                bite(
                        "write time-outs begin anew while anything is taken",
                        MutantStreams.bothEnds(TimeoutFaults::writeTimeoutsBeginAnew),
                        onThreads("write time-out of the whole")),
                bite(
                        "a nanosecond is no time-out",
                        MutantStreams.bothEnds(TimeoutFaults::countsWholeMilliseconds),
                        onThreads("past time-out")),
                bite(
                        "a time-out is not for what waits",
                        MutantStreams.bothEnds(TimeoutFaults::isNotForWhatWaits),
                        onThreads("present time-out")),
                bite(
                        "a time-out is early",
                        MutantStreams.bothEnds(TimeoutFaults::isEarly),
                        onThreads("future time-out")),
                bite(
                        "a write does not tell what was written",
                        MutantStreams.bothEnds(TimeoutFaults::aWriteDoesNotTellWhatWasWritten),
                        WRITE_TIMEOUTS),
                bite(
                        "a time-out loses a byte",
                        MutantStreams.bothEnds(TimeoutFaults::aReadLosesWhatComesNext),
                        plus(READ_TIMEOUTS, "racy reads (timed)")),
                bite(
                        "a time-out is fatal",
                        MutantStreams.bothEnds(TimeoutFaults::areFatal),
                        plus(READ_TIMEOUTS, plus(WRITE_TIMEOUTS, "racy reads (timed)"))),
                bite(
                        "a time-out is not told from a failure",
                        MutantStreams.bothEnds(TimeoutFaults::areNotToldFromFailures),
                        plus(READ_TIMEOUTS, "racy reads (timed)")));
    }

    private List<Bite> closing() {
        return List.of(
                bite(
                        "close waits for operations",
                        MutantStreams.bothEnds(ClosingFaults::closeWaitsForOperations),
                        both("close unblocks")),
                bite(
                        "an early end is a failure",
                        MutantStreams.clientEnd(ClosingFaults::anEarlyEndIsAFailure),
                        both("peer's close unblocks")),
                // A server cannot see what its clients cannot say.
                bite(
                        "half-close closes all",
                        MutantStreams.clientEnd(ClosingFaults::shutdownOutputClosesAll),
                        plus(both("half-close"), "server sees half-close")),
                bite(
                        "shutting down the input closes all",
                        MutantStreams.bothEnds(ClosingFaults::shutdownInputClosesAll),
                        both("shut-down input")),
                bite(
                        "closing twice throws",
                        MutantStreams.bothEnds(ClosingFaults::doubleCloseThrows),
                        plus(both("double close"), "close under a poll")),
                bite(
                        "reading after close is the end",
                        MutantStreams.bothEnds(ClosingFaults::afterCloseIsTheEnd),
                        both("use after close")),
                bite("close takes back what was written", ListenerFaults.losesAtClose(), both("end of stream")),
                bite(
                        "a lost peer is taken for our own close",
                        MutantStreams.clientEnd(ClosingFaults::aLostPeerIsOurOwnClose),
                        both("lost peer")),
                bite(
                        "a lost peer is not told",
                        MutantStreams.serverEnd(ClosingFaults::aLostPeerIsNeverTold),
                        "disconnect is told"),
                bite(
                        "a reset is taken for the end",
                        MutantStreams.serverEnd(ClosingFaults::aResetIsTheEnd),
                        both("reset")),
                bite(
                        "a thread is left behind",
                        MutantStreams.serverEnd(ClosingFaults::leaksAThread),
                        both("shut-down input")),
                bite(
                        "a descriptor is left behind",
                        MutantStreams.serverEnd(ClosingFaults::leaksADescriptor),
                        both("shut-down input")));
    }

    private List<Bite> polling() {
        return List.of(
                bite(
                        "the end is nothing to read",
                        MutantStreams.serverEnd(PollingFaults::theEndIsNothing),
                        "read without waiting"),
                bite(
                        "a write loses what there is no room for",
                        MutantStreams.serverEnd(PollingFaults::aWriteLosesWhatHasNoRoom),
                        "write without waiting"),
                poller("more is told than is awaited", PollingFaults::tellsOfAllThatIsReady, "readiness"),
                poller(
                        "what is ready is told once",
                        PollingFaults::tellsOnceOfWhatIsReady,
                        "readiness",
                        "read without waiting",
                        "write without waiting"),
                poller(
                        "nothing is told at once",
                        PollingFaults::tellsOnlyWhoWaits,
                        "readiness",
                        "poll without waiting"),
                poller(
                        "a poll waits that is not to",
                        PollingFaults::waitsInAnyCase,
                        "readiness",
                        "poll without waiting"),
                poller("a wake-up is lost if nobody waits", PollingFaults::wakesUpOnlyWhoWaits, "wake-up of a poll"),
                poller(
                        "a wake-up is one for ever",
                        PollingFaults::remembersEachWakeup,
                        "wake-up of a poll",
                        "poll without waiting"),
                poller("an interrupt is ignored", PollingFaults::goesOnAfterAnInterrupt, "interrupt of a poll"),
                poller(
                        "a close is not told",
                        PollingFaults::doesNotTellOfAClose,
                        "close under a poll",
                        "close by who polls"),
                poller(
                        "a close is told twice",
                        PollingFaults::tellsTwiceOfAClose,
                        "close under a poll",
                        "close by who polls"),
                bite(
                        "who closes it himself is not told",
                        MutantStreams.serverEnd(PollingFaults::tellsNobodyOfHisOwnClose),
                        "close by who polls"),
                poller("what is closed is polled", PollingFaults::takesWhatIsClosed, "polling what is closed"),
                poller("what is foreign is polled", PollingFaults::takesWhatIsForeign, "polling what is foreign"),
                bite(
                        "a read has nothing instead of refusing",
                        MutantStreams.serverEnd(PollingFaults::readsWithoutDataWhenItIsPolled),
                        "no waiting for what is polled"));
    }

    private Bite poller(String fault, Function<Poller, ForwardingPoller> mutation, String... broken) {
        return bite(fault, MutantStreams.serverEnd(PollingFaults.of(mutation)), broken);
    }

    private List<Bite> listening() {
        List<Bite> bites = new ArrayList<>(List.of(
                bite("the last client is accepted first", MutantStreams.endpoint(ListenerFaults::lastFirst), "backlog"),
                bite(
                        "waiting clients are kept waiting",
                        MutantStreams.endpoint(ListenerFaults::keepsWaiting),
                        "end of the backlog"),
                bite(
                        "closing the endpoint closes connections",
                        MutantStreams.endpoint(ListenerFaults::closesAccepted),
                        "connections outlive their endpoint"),
                // Which is why a drained server's requests cannot be answered.
                bite(
                        "stopping ends answers",
                        MutantStreams.endpoint(ListenerFaults::stopEndsAnswers),
                        "connections outlive their endpoint",
                        "drain answers requests in flight"),
                bite("connecting to nobody succeeds", ListenerFaults.connectsToNobody(), "nobody listens"),
                bite("an address serves once", ListenerFaults.bindsOnce(), BINDING_AGAIN),
                bite("a file is left behind", ListenerFaults.leavesAFile(folder), BINDING_AGAIN),
                bite("the sixth client is not served", ListenerFaults.servesFive(), "many clients at once")));
        for (EndpointFaults.Fault<Connection> fault : EndpointFaults.<Connection>all()) {
            bites.add(bite(
                    fault.name(),
                    MutantStreams.endpoint(fault.mutation()),
                    fault.broken().toArray(String[]::new)));
        }
        return bites;
    }

    private Bite bite(String fault, MutantStreams mutant, String... broken) {
        return Bite.of(fault, limit -> contracts(mutant, limit), broken);
    }

    List<Contract> contracts(MutantStreams mutant, Duration limit) {
        return StreamContracts.of(mutant, mutant.memory::address)
                .resetBy(mutant.memory::resetting)
                .leavingNoFileIn(folder)
                .limit(limit)
                .contracts();
    }

    private static String[] both(String clause) {
        return new String[] {clause + " (blocking)", clause + " (timed)"};
    }

    /** A contract of time-outs is checked on virtual threads too, where there are any. */
    private static String[] onThreads(String... clauses) {
        return Arrays.stream(clauses)
                .flatMap(clause ->
                        Runtime.version().feature() < 21 ? Stream.of(clause) : Stream.of(clause, clause + " (virtual)"))
                .toArray(String[]::new);
    }

    private static String[] plus(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
