package io.socketserver.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is found when a test is over: all of it, not only the first. */
final class Aftermath {

    /** What may throw. */
    interface Look {
        void run() throws Throwable;
    }

    private final String what;
    private final List<String> findings = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    Aftermath(String what) {
        this.what = what;
    }

    /** Does something; what it throws is a finding. */
    void look(Look look) {
        try {
            look.run();
        } catch (Throwable t) {
            found(t instanceof AssertionError ? String.valueOf(t.getMessage()) : t.toString(), t);
        }
    }

    void found(String finding, Throwable cause) {
        findings.add(finding);
        causes.add(cause);
    }

    /** Throws if anything was found. */
    void report() {
        if (!findings.isEmpty()) {
            AssertionError error = new AssertionError(
                    findings.stream().collect(Collectors.joining("\n", "after the test of " + what + ":\n", "")),
                    causes.get(0));
            causes.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** Does something after a failure, and has what it throws go with that. */
    static void alsoTry(Throwable failure, Look look) {
        try {
            look.run();
        } catch (Throwable t) {
            failure.addSuppressed(t);
        }
    }
}
