package io.socketserver.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/** Netty's handlers, all of which write what one read has brought with one flush. */
@SuppressWarnings("FutureReturnValueIgnored") // a void promise tells nothing
final class NettyHandlers {

    /** What has arrived. */
    static final ChannelHandler ECHO = new Echo();

    /** Each line as the decoder hands it on, a slice of what was read, and the line feed of all. */
    static final ChannelHandler SLICES = new Slices();

    /** Each line in a fresh buffer, with its line feed. */
    static final ChannelHandler COPIES = new Copies();

    /** Each datagram to its sender. */
    static final ChannelHandler DATAGRAMS = new Datagrams();

    private NettyHandlers() {}

    @ChannelHandler.Sharable
    private static class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @ChannelHandler.Sharable
    private static final class Slices extends Echo {

        private static final ByteBuf LINE_FEED =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer(1, 1).writeByte('\n'));

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
            context.write(LINE_FEED.duplicate(), context.voidPromise());
        }
    }

    @ChannelHandler.Sharable
    private static final class Copies extends Echo {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf line = (ByteBuf) message;
            ByteBuf reply = context.alloc().ioBuffer(line.readableBytes() + 1);
            reply.writeBytes(line).writeByte('\n');
            line.release();
            context.write(reply, context.voidPromise());
        }
    }

    @ChannelHandler.Sharable
    private static final class Datagrams extends Echo {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
        }
    }
}
