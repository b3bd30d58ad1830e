#!/usr/bin/python3
"""The router's own administration page: router_page.py ADDRESS. It must never be taken for a camera's."""

import http.server
import socketserver
import sys

PAGE = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Home Router - Administration</title></head>
<body><h1>Home Router</h1><form method="post" action="/cgi-bin/login"><label>User <input name="user"></label>
<label>Password <input name="password" type="password"></label><button>Login</button></form></body></html>
"""


class Page(http.server.BaseHTTPRequestHandler):
    timeout = 30

    def version_string(self):
        return "uhttpd/1.0"

    def do_GET(self):
        found = self.path == "/"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE if found else b"<h1>Not Found</h1>")


class Server(http.server.ThreadingHTTPServer):
    def server_bind(self):
        """Binds without asking a name service for our own name, as HTTPServer would."""
        socketserver.TCPServer.server_bind(self)


Server((sys.argv[1], 80), Page).serve_forever()
