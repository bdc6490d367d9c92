/**
 * What a program that serves or connects is written against: {@link Server}, {@link Request} and its two kinds, {@link
 * Handler}, and the strategies a server is composed of.
 *
 * <p>Nothing here is {@code null} unless it is marked so.
 */
@NullMarked
package io.socketserver.api;

import org.jspecify.annotations.NullMarked;
