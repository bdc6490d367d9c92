/** The smallest useful server, and the whole of what it needs. */
module time.server {
    requires io.socketserver.concurrent;
    requires io.socketserver.tcp;
}
