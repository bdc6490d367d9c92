package io.socketserver.testkit.contract;

/** A promise in words, and how to check it on a transport. */
record Clause<S>(String name, Body<S> body) {

    /** What has to succeed. */
    interface Body<S> {
        void check(S stage) throws Exception;
    }
}
