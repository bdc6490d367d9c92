/** A program outside the project that tests a handler, with no test framework. */
module consumer.testkit {
    requires io.socketserver.testkit;
}
