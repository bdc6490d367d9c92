/** A server that echoes, and work for two rounds. */
public class Given extends documentation.Nothing {
    final Server<Connection> server = Server.on(MemoryEndpoint.bind()).handle(new Echoing());
    private int rounds = 2;

    boolean working() {
        // Without it the server would wait as long as the example says.
        server.shutdown();
        return rounds-- > 0;
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Echoing implements Handler<Connection> {
        @Override
        public void handle(Connection connection) throws IOException {
            connection.input().transferTo(connection.output());
        }
    }
}
