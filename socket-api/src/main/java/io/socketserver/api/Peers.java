package io.socketserver.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests of each peer are in flight; one thread at a time enters, any leaves. */
final class Peers {

    private final int max;
    private final int ipv4Prefix;
    private final int ipv6Prefix;
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    Peers(Limits limits) {
        max = limits.maxPerPeer();
        ipv4Prefix = limits.ipv4Prefix();
        ipv6Prefix = limits.ipv6Prefix();
    }

    boolean enter(Request request) {
        if (max == Limits.UNLIMITED) {
            return true;
        }
        Object peer = identity(request.peer());
        if (counts.getOrDefault(peer, 0) >= max) {
            return false;
        }
        counts.merge(peer, 1, Integer::sum);
        request.countedAs(peer);
        return true;
    }

    void leave(Request request) {
        Object peer = request.countedAs();
        if (peer != null) {
            counts.computeIfPresent(peer, (same, now) -> now == 1 ? null : now - 1);
        }
    }

    private Object identity(Object peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null ? network(inet.getAddress()) : peer;
    }

    private ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        int bits = bytes.length == 4 ? ipv4Prefix : ipv6Prefix;
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        return ByteBuffer.wrap(bytes);
    }
}
