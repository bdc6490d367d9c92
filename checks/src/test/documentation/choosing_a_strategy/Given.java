/** An endpoint, a handler, and what takes time. */
public class Given extends documentation.Served {
    final Executor executor = Runnable::run;

    Given() throws IOException {}

    static String lookUp(String question) {
        return question;
    }
}
