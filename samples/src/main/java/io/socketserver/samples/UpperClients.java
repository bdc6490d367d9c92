package io.socketserver.samples;

import io.socketserver.api.Connection;
import io.socketserver.tcp.Tcp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Talks to the upper-case server from many clients at once, and checks what each is answered. */
public final class UpperClients {

    private static final int CLIENTS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What one client sent, and what it was answered.
     *
     * @param sent the line
     * @param answer the answer
     */
    public record Reply(String sent, String answer) {

        /**
         * Whether the answer is what was sent, in upper case.
         *
         * @return true if so
         */
        public boolean right() {
            return answer.equals(sent.toUpperCase(Locale.ROOT));
        }
    }

    private UpperClients() {}

    /**
     * Talks to a server.
     *
     * @param args host and port, both optional
     */
    public static void main(String[] args) {
        Program.run(args, UpperClients::talk);
    }

    private static void talk(String host, int port) throws IOException, InterruptedException {
        List<Reply> replies = askAtOnce(host, port, CLIENTS);
        replies.forEach(reply -> System.out.println(reply.sent() + " -> " + reply.answer()));
        long right = replies.stream().filter(Reply::right).count();
        System.out.println(right + " of " + CLIENTS + " answers were right");
    }

    /**
     * Sends one line from each of many clients; none hangs up before all are answered.
     *
     * @param host the server's host
     * @param port the server's port
     * @param clients how many
     * @return what each was answered
     * @throws IOException if any of them got no answer
     * @throws InterruptedException if the thread is interrupted
     */
    public static List<Reply> askAtOnce(String host, int port, int clients) throws IOException, InterruptedException {
        CyclicBarrier allAnswered = new CyclicBarrier(clients);
        List<Callable<Reply>> tasks = new ArrayList<>();
        for (int i = 1; i <= clients; i++) {
            String line = "hello from client " + i;
            tasks.add(() -> ask(host, port, line, allAnswered));
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            return results(threads.invokeAll(tasks));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Reply ask(String host, int port, String line, CyclicBarrier allAnswered)
            throws IOException, InterruptedException, BrokenBarrierException, TimeoutException {
        try (Connection connection = Tcp.connect(host, port, PATIENCE)) {
            connection.readTimeout(PATIENCE);
            connection.writeLine(line);
            String answer = connection.readLine();
            allAnswered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(line, answer == null ? "(closed)" : answer);
        }
    }

    private static List<Reply> results(List<Future<Reply>> futures) throws IOException, InterruptedException {
        List<Reply> replies = new ArrayList<>();
        ExecutionException failure = null;
        for (Future<Reply> future : futures) {
            try {
                replies.add(future.get());
            } catch (ExecutionException e) {
                // One client's failure breaks the barrier for the others; it is the cause to tell.
                if (failure == null || failure.getCause() instanceof BrokenBarrierException) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw new IOException("a client was not answered: " + failure.getCause(), failure);
        }
        return replies;
    }
}
