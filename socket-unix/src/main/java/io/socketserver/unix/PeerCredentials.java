package io.socketserver.unix;

/**
 * Who is at the other end of a connection, as the system vouches for it.
 *
 * @param user the name of the user that the peer ran as when it connected, or listened; its number if it has no name
 * @param group the name of that process's group; its number if it has no name
 */
public record PeerCredentials(String user, String group) {}
