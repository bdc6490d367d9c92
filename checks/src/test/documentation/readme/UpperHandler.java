/** The handler that the page's test is about. */
public final class UpperHandler implements Handler<Request> {
    @Override
    public void handle(Request request) throws IOException {
        byte[] text = request.input().readAllBytes();
        request.output().write(new String(text, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
    }
}
