package io.socketserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Request;
import io.socketserver.api.RequestHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestHandlerTest {

    private final List<String> steps = new ArrayList<>();
    private String failing = "";

    private final class Steps extends RequestHandler<Request> {

        private int state;

        @Override
        protected void setup() throws Exception {
            step("setup");
        }

        @Override
        protected void handle() throws Exception {
            step("handle");
            request().output().write('0' + state);
        }

        @Override
        protected void finish() throws Exception {
            step("finish");
        }

        private void step(String name) throws IOException {
            steps.add(name);
            state++;
            if (failing.contains(name)) {
                throw new IOException(name);
            }
        }
    }

    @Test
    void stepsAreInOrder() throws Exception {
        assertThat(Exchange.of("").with(RequestHandler.each(Steps::new)).text()).isEqualTo("2");
        assertThat(steps).containsExactly("setup", "handle", "finish");
    }

    @Test
    void eachRequestHasAnInstanceOfItsOwn() throws Exception {
        var handler = RequestHandler.each(Steps::new);
        assertThat(Exchange.of("").with(handler).text()).isEqualTo("2");
        assertThat(Exchange.datagram("").with(handler).texts()).containsExactly("2");
    }

    @Test
    void nothingFollowsASetupThatFails() {
        failing = "setup";
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(Steps::new)))
                .isInstanceOf(IOException.class)
                .hasMessage("setup");
        assertThat(steps).containsExactly("setup");
    }

    @Test
    void finishFollowsAHandleThatFails() {
        failing = "handle";
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(Steps::new)))
                .hasMessage("handle")
                .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
        assertThat(steps).containsExactly("setup", "handle", "finish");
    }

    @Test
    void aFailureOfFinishIsSuppressedByThatOfHandle() {
        failing = "handle finish";
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(Steps::new)))
                .hasMessage("handle")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("finish")));
    }

    @Test
    void aFailureOfFinishAloneIsAFailure() {
        failing = "finish";
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(Steps::new)))
                .hasMessage("finish");
    }

    @Test
    void sameFailureOfBothIsThrownOnce() {
        IOException same = new IOException();
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(() -> new RequestHandler<Request>() {
                    @Override
                    protected void handle() throws IOException {
                        throw same;
                    }

                    @Override
                    protected void finish() throws IOException {
                        throw same;
                    }
                })))
                .isSameAs(same);
        assertThat(Set.of(same.getSuppressed())).isEmpty();
    }

    @Test
    void theRequestIsNotKnownInTheConstructor() {
        assertThatThrownBy(() -> Exchange.of("").with(RequestHandler.each(() -> new RequestHandler<Request>() {
                    {
                        request();
                    }

                    @Override
                    protected void handle() {}
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setup()");
    }
}
