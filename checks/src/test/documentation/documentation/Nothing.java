/** What the statements of a page are given that has nothing to give. */
public class Nothing implements AutoCloseable {
    @Override
    public void close() throws Exception {}
}
