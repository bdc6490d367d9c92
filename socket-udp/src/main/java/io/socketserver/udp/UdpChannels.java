package io.socketserver.udp;

import static java.net.StandardSocketOptions.IP_MULTICAST_IF;
import static java.net.StandardSocketOptions.IP_MULTICAST_LOOP;
import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Makes channels, with their options set. */
final class UdpChannels {

    private UdpChannels() {}

    /** Opens a channel of IPv4 alone, or else of every family there is. */
    static DatagramChannel open(boolean ipv4Alone, UdpOptions options) throws IOException {
        DatagramChannel channel =
                ipv4Alone ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
        boolean done = false;
        try {
            set(channel, options);
            done = true;
            return channel;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system does not know an option asked for: " + e.getMessage(), e);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static void set(DatagramChannel channel, UdpOptions options) throws IOException {
        if (options.receiveBuffer() > 0) {
            channel.setOption(SO_RCVBUF, options.receiveBuffer());
        }
        if (options.sendBuffer() > 0) {
            channel.setOption(SO_SNDBUF, options.sendBuffer());
        }
        // Both ways, since the default is the system's own.
        channel.setOption(SO_REUSEADDR, options.reuseAddress());
        if (options.reusePort()) {
            channel.setOption(SO_REUSEPORT, true);
        }
        channel.setOption(SO_BROADCAST, options.broadcast());
        channel.setOption(IP_MULTICAST_TTL, options.multicastTtl());
        channel.setOption(IP_MULTICAST_LOOP, options.multicastLoopback());
        if (options.multicastInterface().isPresent()) {
            channel.setOption(IP_MULTICAST_IF, options.multicastInterface().get());
        }
    }
}
