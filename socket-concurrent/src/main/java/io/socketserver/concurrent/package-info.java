/** Dispatchers that handle several requests of a server at once. */
@NullMarked
package io.socketserver.concurrent;

import org.jspecify.annotations.NullMarked;
