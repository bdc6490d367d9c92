package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketserver.api.spi.MessageDispatcher;
import org.junit.jupiter.api.Test;

class EventLoopOptionsTest {

    @Test
    void aNumberThatCannotBeSaysWhatCan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLoopOptions.of(0))
                .withMessage("event loops must be from 1 to 1024, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLoopOptions.of(1025))
                .withMessage("event loops must be from 1 to 1024, not 1025");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLoopOptions.of(1).maxQueued(-1))
                .withMessage("the bytes that may be queued must be from 0 to 2147483647, not -1");
        assertThat(EventLoopOptions.of(1024).maxQueued(0).maxQueued()).isZero();
    }

    @Test
    void whatIsNotSetIsAsThePageSays() {
        EventLoopOptions options = EventLoopOptions.of(3);
        assertThat(options.loops()).isEqualTo(3);
        assertThat(options.maxQueued()).isEqualTo(1 << 20).isEqualTo(EventLoopOptions.DEFAULT_MAX_QUEUED);
        assertThat(options.name()).isEqualTo("loop");
        assertThat(options.daemon()).isFalse();
        assertThat(options.blockOnClose()).isTrue();
        assertThat(EventLoopOptions.perCore().loops())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void settingOneLeavesTheOthersAndTheOriginal() {
        EventLoopOptions original = EventLoopOptions.of(2);
        EventLoopOptions changed =
                original.daemon(true).blockOnClose(false).name("mine").maxQueued(7);
        assertThat(changed.loops()).isEqualTo(2);
        assertThat(changed.maxQueued()).isEqualTo(7);
        assertThat(changed.name()).isEqualTo("mine");
        assertThat(changed.daemon()).isTrue();
        assertThat(changed.blockOnClose()).isFalse();
        assertThat(original.daemon()).isFalse();
        assertThat(original.blockOnClose()).isTrue();
    }

    @Test
    void theServerIsToldWhetherToWait() {
        try (MessageDispatcher waits = Dispatchers.eventLoop();
                MessageDispatcher leaves =
                        Dispatchers.eventLoop(EventLoopOptions.of(1).blockOnClose(false))) {
            assertThat(waits.blockOnClose()).isTrue();
            assertThat(leaves.blockOnClose()).isFalse();
        }
    }
}
