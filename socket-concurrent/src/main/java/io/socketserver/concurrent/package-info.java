/** Dispatchers that handle several requests of a server at once, and a handler that has a process for each. */
@NullMarked
package io.socketserver.concurrent;

import org.jspecify.annotations.NullMarked;
