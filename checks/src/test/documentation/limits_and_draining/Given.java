/** An endpoint, a handler, and work to do. */
public class Given extends documentation.Served {
    final Deque<String> work = new ArrayDeque<>(List.of("one", "two"));

    Given() throws IOException {}
}
