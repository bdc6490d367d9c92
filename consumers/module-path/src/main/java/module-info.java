/** What an image of this holds is what it requires, and java.base. */
module consumer.modules {
    requires io.socketserver.concurrent;
    requires io.socketserver.tcp;
}
