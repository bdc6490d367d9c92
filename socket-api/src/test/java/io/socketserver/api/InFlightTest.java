package io.socketserver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.socketserver.api.RequestTask.Outcome;
import org.junit.jupiter.api.Test;

class InFlightTest {

    @Test
    void whatCannotBeCountedEndsAllTheSame() {
        InFlight inFlight = new InFlight(mock(Lifecycle.class));
        RequestTask<?> task = mock(RequestTask.class);
        inFlight.add(task);
        assertThat(inFlight.has(task)).isTrue();
        doThrow(new OutOfMemoryError("test")).when(task).settle(any());
        assertThatThrownBy(() -> inFlight.ended(task, Outcome.COMPLETED)).isInstanceOf(OutOfMemoryError.class);
        assertThat(inFlight.has(task)).isFalse();
    }
}
