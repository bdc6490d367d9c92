package io.socketserver.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.socketserver.testkit.LeakCheck;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What the extension makes of tests, run as JUnit runs them. */
@Timeout(60)
class ServerExtensionTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() throws Exception {
        for (AutoCloseable left : ServerCases.LEFT) {
            left.close();
        }
        ServerCases.LEFT.clear();
        leaks.assertNone();
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static void assertSucceeds(Class<?> tests, int count) {
        Events events = run(tests);
        events.assertThatEvents().doNotHave(event(finishedWithFailure()));
        events.assertStatistics(counts -> counts.started(count).succeeded(count));
    }

    private static void assertFails(Class<?> tests, String... messages) {
        Events events = run(tests);
        events.assertStatistics(counts -> counts.started(1).failed(1));
        for (String message : messages) {
            events.assertThatEvents()
                    .haveExactly(
                            1,
                            event(
                                    test(),
                                    finishedWithFailure(
                                            instanceOf(AssertionError.class),
                                            message(actual -> actual.contains(message)))));
        }
    }

    @Test
    void testsHaveAServerEach() {
        assertSucceeds(ServerCases.Echo.class, 3);
    }

    @Test
    void severalServersDoNotTakeEachOtherForLeaks() {
        assertSucceeds(ServerCases.OnThreads.class, 1);
    }

    @Test
    void whatHappenedOnItsNetworkGoesWithTheFailureOfATest() {
        List<Throwable> failures = run(ServerCases.FailingOnANetwork.class)
                .failed()
                .map(failed -> failed.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("seed 4711, ", "client#1 server> \"hello\\n\""));
    }

    @Test
    void datagramsAreServedAndTheFieldMayBeStatic() {
        assertSucceeds(ServerCases.Datagrams.class, 2);
        assertThatThrownBy(ServerCases.Datagrams.SERVER::server)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Test
    void oneOfStreamsAndOneOfDatagramsGoTogether() {
        assertSucceeds(ServerCases.OfBothKinds.class, 1);
    }

    @Test
    void theServerIsComposedAsWanted() {
        assertSucceeds(ServerCases.Composed.class, 1);
    }

    @Test
    void clientsOfAServerOnANetworkAreOnItToo() {
        assertSucceeds(ServerCases.OnANetwork.class, 1);
        assertSucceeds(ServerCases.DatagramsOnANetwork.class, 1);
    }

    @Test
    void whatATestExpectsToFailIsNoFailure() {
        assertSucceeds(ServerCases.Expecting.class, 1);
    }

    @Test
    void whatATestDoesNotExpectToFailFailsIt() {
        assertFails(
                ServerCases.Unexpecting.class,
                "after the test of the server on memory:",
                "\na handler has failed, which no test expected: java.io.EOFException: half".repeat(2));
    }

    @Test
    void anotherErrorThanExpectedFailsATest() {
        assertFails(
                ServerCases.ExpectingAnother.class,
                "expected a handler to fail with java.lang.IllegalStateException, but there was only"
                        + " [java.io.EOFException: half] within 1000 ms");
    }

    @Test
    void whatATestLeavesFailsIt() {
        String[] left = Files.isDirectory(Path.of("/proc/self/fd"))
                ? new String[] {"thread 'left on purpose' is ", " -> socket:"}
                : new String[] {"thread 'left on purpose' is "};
        assertFails(ServerCases.Leaking.class, left);
    }

    @Test
    void aThreadThatMayStayDoesNot() {
        assertSucceeds(ServerCases.Tolerant.class, 1);
    }

    @Test
    void aRequestThatGoesOnWithoutItsClientFailsATest() {
        assertFails(ServerCases.Stuck.class, "requests went on when their clients were gone; drained in ");
    }

    @Test
    void timeThatStandsStillKeepsNoTest() {
        assertFails(ServerCases.StuckInTime.class, "requests went on when their clients were gone; drained in ");
    }

    @Test
    void aFileThatIsLeftFailsATestAndIsDeleted() {
        assertFails(ServerCases.AtPath.class, "files are left behind: [");
        assertThat(ServerCases.AtPath.folder).doesNotExist();
    }

    @Test
    void anEndpointThatCannotBeBoundFailsATest() {
        Events events = run(ServerCases.Unbound.class);
        events.assertThatEvents().haveExactly(1, event(finishedWithFailure(instanceOf(BindException.class))));
        assertThat(ServerCases.Unbound.folder).isNotNull().doesNotExist();
    }

    @Test
    void anEndpointThatGetsNoServerIsClosed() {
        run(ServerCases.Uncomposed.class)
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(instanceOf(IllegalStateException.class))));
        assertThatThrownBy(() -> ServerCases.Uncomposed.endpoint.accept(Duration.ZERO))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anInstanceForAllTestsHasServersForEach() {
        assertSucceeds(ServerCases.OfOneInstance.class, 2);
        run(ServerCases.OfOneInstance.class).assertThatEvents().haveExactly(2, event(finishedSuccessfully()));
    }
}
