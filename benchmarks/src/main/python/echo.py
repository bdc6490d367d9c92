"""Python's socketserver with a thread per connection: echo.py tcp|udp|unix:PATH none|lines."""

import socketserver
import sys

where, framing = sys.argv[1:]


class Echo(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = where == "tcp"

    def handle(self):
        if framing == "lines":
            for line in self.rfile:
                self.wfile.write(line)
        else:
            while chunk := self.request.recv(65536):
                self.request.sendall(chunk)


class EchoDatagram(socketserver.BaseRequestHandler):
    def handle(self):
        payload, socket = self.request
        socket.sendto(payload, self.client_address)


class Threads(socketserver.ThreadingTCPServer):
    request_queue_size = 4096
    daemon_threads = True
    block_on_close = False


class UnixThreads(socketserver.ThreadingUnixStreamServer):
    request_queue_size = 4096
    daemon_threads = True
    block_on_close = False


if where == "tcp":
    server = Threads(("127.0.0.1", 0), Echo)
elif where == "udp":
    server = socketserver.UDPServer(("127.0.0.1", 0), EchoDatagram)
else:
    server = UnixThreads(where.removeprefix("unix:"), Echo)

with server:
    print("listening on", 0 if where.startswith("unix:") else server.server_address[1], flush=True)
    server.serve_forever()
