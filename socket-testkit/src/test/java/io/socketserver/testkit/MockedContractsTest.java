package io.socketserver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import io.socketserver.api.ErrorHandler;
import io.socketserver.api.Handler;
import io.socketserver.api.Observer;
import io.socketserver.api.Server;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.api.framing.Replies;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

/** Whoever mocks finds an interface wherever there is a decision, a notification or a resource. */
@Timeout(60)
@SuppressWarnings("unchecked") // mocks of generic types
class MockedContractsTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
    }

    @Test
    void aHandlerThatFailsIsToldToTheErrorHandlerAndTheObserver() throws Exception {
        Handler<Connection> handler = mock(Handler.class);
        ErrorHandler errors = mock(ErrorHandler.class);
        Observer observer = mock(Observer.class);
        IllegalStateException failure = new IllegalStateException();
        doThrow(failure).when(handler).handle(any());
        MemoryEndpoint endpoint = MemoryEndpoint.bind();
        try (Server<Connection> server =
                        Server.on(endpoint).onError(errors).observe(observer).handle(handler);
                Connection client = endpoint.connect()) {
            assertThat(server.serveOne(Duration.ZERO)).isTrue();
            assertThat(client.readLine()).isNull();
        }
        verify(errors).handle(any(), same(failure));
        InOrder order = inOrder(observer, handler);
        order.verify(observer).accepted(any());
        order.verify(handler).handle(any());
        order.verify(observer).ended(any());
    }

    @Test
    void aMockedMessageHandlerIsServed() throws Exception {
        // The real methods, so that the mock goes on with itself after its beginning.
        MessageHandler handler = mock(MessageHandler.class, CALLS_REAL_METHODS);
        doAnswer(call -> {
                    call.<Replies>getArgument(1).send(UTF_8.encode("mocked"));
                    return null;
                })
                .when(handler)
                .handle(any(), any());
        Script.messages(handler.over(Framing.lines()))
                .send("a")
                .expect("mocked")
                .endInput()
                .expectClosed();
        InOrder order = inOrder(handler);
        order.verify(handler).begin(any());
        order.verify(handler).handle(any(), any());
        order.verify(handler).finish(any());
    }

    @Test
    void aMessageHandlerIsCalledWithMockedReplies() throws Exception {
        MessageHandler echo = (message, replies) -> replies.send(message);
        Replies replies = mock(Replies.class);
        ByteBuffer message = UTF_8.encode("a");
        echo.handle(message, replies);
        verify(replies).send(same(message));
        verifyNoMoreInteractions(replies);
    }

    @Test
    void aServerRunsOnAMockedEndpoint() throws Exception {
        Endpoint<Connection> endpoint = mock(Endpoint.class);
        Handler<Connection> handler = mock(Handler.class);
        MemoryPair pair = MemoryPair.open();
        when(endpoint.uri()).thenReturn(URI.create("mock:endpoint"));
        when(endpoint.accept(any())).thenReturn(pair.server(), (Connection) null);
        try (Server<Connection> server = Server.on(endpoint).handle(handler)) {
            assertThat(server.serveOne(Duration.ZERO)).isTrue();
            assertThat(server.serveOne(Duration.ZERO)).isFalse();
        }
        verify(handler).handle(pair.server());
        assertThat(pair.server().isOpen()).isFalse();
        InOrder order = inOrder(endpoint);
        order.verify(endpoint).stopAccepting();
        order.verify(endpoint).close();
    }
}
