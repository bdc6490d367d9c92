/** A program outside the project, which names the transport and nothing else. */
module consumer.tcp {
    requires io.socketserver.tcp;
}
