/** An endpoint of one's own, and a handler that answers one line with the same. */
public class Served extends Nothing {
    protected final Endpoint<Connection> endpoint;
    protected final Handler<Connection> handler = connection -> connection.writeLine(connection.readLine());

    public Served() throws IOException {
        endpoint = Tcp.bind("localhost", 0);
    }

    @Override
    public void close() throws Exception {
        endpoint.close();
    }
}
