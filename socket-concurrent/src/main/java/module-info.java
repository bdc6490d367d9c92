/**
 * The concurrency strategies of socketserver: {@link io.socketserver.api.Dispatcher dispatchers} beyond the sequential
 * one, which {@link io.socketserver.concurrent.Dispatchers} makes, and {@link io.socketserver.concurrent.ProcessHandler
 * a process per request}.
 */
module io.socketserver.concurrent {
    requires transitive io.socketserver.api;
    requires static org.jspecify;

    exports io.socketserver.concurrent;
}
