package io.socketserver.benchmarks.servers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.net.SocketAddress;

/** Netty with one event loop: {@code epoll|nio PLACE none|slices|copies}. */
public final class NettyServer {

    private static final int LONGEST_LINE = 65_536;
    private static final int LONGEST_DATAGRAM = 2_048;
    private static final int DATAGRAMS_AT_ONCE = 16;

    private final Place place;
    private final String framing;
    private final boolean epoll;
    private final EventLoopGroup loop;

    private NettyServer(String transport, Place place, String framing) {
        this.place = place;
        this.framing = framing;
        epoll = transport.equals("epoll");
        loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /**
     * Serves until the process ends.
     *
     * @param args what the class comment says
     */
    public static void main(String[] args) {
        NettyServer program = new NettyServer(args[0], new Place(args[1]), args[2]);
        Channel channel = program.place.isUdp() ? program.bindDatagrams() : program.bindStreams();
        Place.announce(channel.localAddress());
        channel.closeFuture().syncUninterruptibly();
    }

    private Channel bindStreams() {
        ServerBootstrap parts = new ServerBootstrap()
                .group(loop)
                .channel(listener())
                .option(ChannelOption.SO_BACKLOG, Place.BACKLOG)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handle(channel);
                    }
                });
        if (!place.isUnix()) {
            parts.childOption(ChannelOption.TCP_NODELAY, true);
        }
        SocketAddress address =
                epoll && place.isUnix() ? new DomainSocketAddress(place.path().toFile()) : place.address();
        return parts.bind(address).syncUninterruptibly().channel();
    }

    private Class<? extends ServerChannel> listener() {
        if (place.isUnix()) {
            return epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
        }
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private void handle(Channel channel) {
        switch (framing) {
            case "slices" -> channel.pipeline().addLast(new LineBasedFrameDecoder(LONGEST_LINE), NettyHandlers.SLICES);
            case "copies" -> channel.pipeline().addLast(new LineBasedFrameDecoder(LONGEST_LINE), NettyHandlers.COPIES);
            default -> channel.pipeline().addLast(NettyHandlers.ECHO);
        }
    }

    private Channel bindDatagrams() {
        Bootstrap parts = new Bootstrap().group(loop).handler(NettyHandlers.DATAGRAMS);
        if (epoll) {
            // So many datagrams with one call of the system.
            parts.channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LONGEST_DATAGRAM)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(LONGEST_DATAGRAM * DATAGRAMS_AT_ONCE));
        } else {
            parts.channel(NioDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_DATAGRAM));
        }
        return parts.bind(place.address()).syncUninterruptibly().channel();
    }
}
