package io.socketserver.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.Connection;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ContractTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    private static Contract contract(Duration limit, Contract.Body body) {
        return new Contract("promise", limit, List.of(), Threads.PLATFORM, body);
    }

    @Test
    void whatIsKeptIsGreenAndClosedTheLastFirst() {
        AtomicReference<String> closed = new AtomicReference<>("");
        Contract contract = contract(LONG, scope -> {
            scope.own(() -> closed.updateAndGet(before -> before + "first "));
            scope.own(() -> closed.updateAndGet(before -> before + "second "));
        });
        contract.run();
        assertThat(closed).hasValue("second first ");
        assertThat(contract.name()).isEqualTo("promise");
        assertThat(contract).hasToString("promise");
    }

    @Test
    void whatIsBrokenTellsHow() {
        IOException failure = new IOException("gone");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(LONG, scope -> {
                    throw failure;
                })::run)
                .withMessage("promise: gone")
                .havingCause()
                .isSameAs(failure);
    }

    @Test
    void whatBlocksIsShownWhereItDoesAndEndsInTime() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(SHORT, scope -> {
                    MemoryPair pair = MemoryPair.open();
                    scope.own(pair.client());
                    scope.own(pair.server());
                    pair.client().readLine();
                })::run)
                .withMessageContaining("promise: it did not come to its end within 100 ms")
                .withMessageContaining("Connection.readLine");
    }

    @Test
    void whatBlocksBecauseAnotherThreadHasFailedTellsThat() {
        IOException failure = new IOException("gone");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(SHORT, scope -> {
                    scope.run(() -> {
                        throw failure;
                    });
                    new CountDownLatch(1).await();
                })::run)
                .havingCause()
                .withMessageContaining("did not come to its end")
                .satisfies(cause -> assertThat(cause.getSuppressed()).contains(failure));
    }

    @Test
    void anAssertionOnAnotherThreadEndsItAtOnce() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(LONG, scope -> {
                    scope.run(() -> Check.equal(1, 2, "a number"));
                    new CountDownLatch(1).await();
                })::run)
                .withMessage("promise: a number: expected 1, not 2");
    }

    @Test
    void whatCannotBeClosedIsTold() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(
                        LONG,
                        scope -> scope.own(() -> {
                            throw new IOException("not closed");
                        }))::run)
                .withMessage("promise: not closed");
    }

    @Test
    void whatClosesForEverIsTold() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(
                        SHORT,
                        scope -> scope.own(() -> {
                            CountDownLatch never = new CountDownLatch(1);
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                        }))::run)
                .withMessageContaining("what it had opened could not be closed within 100 ms");
    }

    @Test
    void whatIsLeftIsNamed(@TempDir Path folder) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Thread> left = new AtomicReference<>();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(SHORT, scope -> {
                    left.set(new Thread(
                            () -> {
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            "left behind"));
                    left.get().start();
                })::run)
                .withMessageContaining("thread 'left behind'");
        end.countDown();
        left.get().join();
        Contract files = new Contract("promise", LONG, List.of(new Folder(folder)), Threads.PLATFORM, scope -> {
            Files.createFile(folder.resolve("left"));
        });
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(files::run)
                .withMessageContaining("files are left behind")
                .withMessageContaining(folder.resolve("left").toString());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void whatAVirtualThreadHasStartedIsFoundToo() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Contract contract = new Contract(
                "promise", SHORT, List.of(), Threads.VIRTUAL, scope -> new Thread(end::join, "left behind").start());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract::run)
                .withMessageContaining("thread 'left behind'");
        end.complete(null);
    }

    @Test
    void blockedMeansInAnOperation() {
        contract(LONG, scope -> {
                    MemoryPair pair = MemoryPair.open();
                    Connection server = scope.own(pair.server());
                    Task<String> read = scope.start(server::readLine);
                    read.awaitBlocked();
                    assertThat(read.ended()).isFalse();
                    pair.client().writeLine("hello");
                    assertThat(read.join()).isEqualTo("hello");
                    read.awaitBlocked();
                })
                .run();
    }

    @Test
    void whoPollsForWhatNeverComesEndsWithTheContract() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract(SHORT, scope -> {
                    Connection server = scope.own(MemoryPair.open().server());
                    new Polled(scope.own(Polled.channel(server).openPoller()), server).next();
                })::run)
                .withMessageContaining("promise: it did not come to its end within 100 ms")
                .withMessageContaining("Polled.next");
    }

    @Test
    void anExpectedFailureHasToHappen() throws Exception {
        Check.fails(
                IOException.class,
                () -> {
                    throw new IOException("x");
                },
                "it");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Check.fails(IOException.class, () -> {}, "it"))
                .withMessage("it: expected IOException, not success");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Check.fails(
                        IOException.class,
                        () -> {
                            throw new IllegalStateException("y");
                        },
                        "it"))
                .withMessage("it: expected IOException, not java.lang.IllegalStateException: y");
    }

    @Test
    void aLimitIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Terms.DEFAULTS.limit(Duration.ZERO))
                .withMessage("a limit must be positive, not PT0S");
    }
}
