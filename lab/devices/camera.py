#!/usr/bin/python3
"""A network camera: a web server with a login page on ports 80 and 443 (TLS), GStreamer's RTSP server on port 554.

camera.py NAME SERIAL USER PASSWORD_FILE ADDRESS, the last being where it listens. The page at / carries the camera's name and asks for a login; all below
/cgi-bin/ wants digest authentication, as do the live streams: /main and /sub (H.264, a test picture), /h265, /mjpeg,
/audio (H.264 and G.711) and /aac (H.264 and AAC). The serial number is in the realm, as it is with many brands, and in
the certificate, which the camera has signed itself.
"""

import hashlib
import http.server
import re
import secrets
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PICTURE = "videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width={},height={},framerate=15/1"
H264 = (" ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300"
        " ! video/x-h264,profile=baseline ! rtph264pay name=pay0 pt=96 config-interval=1")
H265 = (" ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300"
        " ! rtph265pay name=pay0 pt=96 config-interval=1")
MJPEG = " ! jpegenc ! rtpjpegpay name=pay0 pt=26"
SOUND = " audiotestsrc is-live=true ! audio/x-raw,rate={},channels=1"
PCMU = SOUND.format(8000) + " ! mulawenc ! rtppcmupay name=pay1 pt=0"
AAC = SOUND.format(16000) + " ! voaacenc ! rtpmp4gpay name=pay1 pt=97"
STREAMS = {
    "/main": PICTURE.format(640, 360) + H264,
    "/sub": PICTURE.format(320, 180) + H264,
    "/h265": PICTURE.format(480, 272) + H265,
    "/mjpeg": PICTURE.format(352, 288) + MJPEG,
    "/audio": PICTURE.format(640, 360) + H264 + PCMU,
    "/aac": PICTURE.format(640, 360) + H264 + AAC,
}
LOGIN_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{name} - Network Camera</title></head>
<body><div id="login"><h1>Network Camera {name}</h1>
<form method="post" action="/login"><label>User name <input name="username"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form></div></body></html>
"""


class Page(http.server.BaseHTTPRequestHandler):
    """The camera's web server."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    name = realm = user = password = None
    nonces = set()

    def version_string(self):
        return "lighttpd/1.4.35"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path.startswith("/cgi-bin/"):
            self.protected()
        elif path in ("/", "/index.html"):
            self.reply(200, LOGIN_PAGE.format(name=self.name))
        else:
            self.reply(404, "<h1>404 Not Found</h1>")

    do_HEAD = do_GET

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.reply(403, "<h1>403 Forbidden</h1>")

    def protected(self):
        if self.authorized():
            self.reply(200, f'{{"deviceName":"{self.name}","model":"LAB-2MP"}}', kind="application/json")
        else:
            nonce = secrets.token_hex(16)
            self.nonces.add(nonce)
            challenge = f'Digest realm="{self.realm}", qop="auth", nonce="{nonce}"'
            self.reply(401, "<h1>401 Unauthorized</h1>", challenge=challenge)

    def authorized(self):
        """RFC 2617, MD5 with qop=auth, which is what cameras speak."""
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', self.headers.get("Authorization", "")))
        if given.get("nonce") not in self.nonces or given.get("username") != self.user:
            return False
        secret, request = md5(self.user, self.realm, self.password), md5(self.command, given.get("uri", ""))
        proof = md5(secret, given["nonce"], given.get("nc", ""), given.get("cnonce", ""), given.get("qop", ""), request)
        return secrets.compare_digest(given.get("response", ""), proof)

    def reply(self, status, text, kind="text/html; charset=utf-8", challenge=None):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, address, *handler):
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, *handler)

    def server_bind(self):
        """Binds without asking a name service for our own name, as HTTPServer would."""
        socketserver.TCPServer.server_bind(self)


def tls(serial):
    """With a key that is made at each start."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = f"{folder}/key", f"{folder}/certificate"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-days", "3650", "-subj", f"/CN=Network Camera {serial}", "-keyout", key, "-out",
                        certificate], check=True, capture_output=True)
        context.load_cert_chain(certificate, key)
    return context


def serve(address, port, context=None):
    server = Server((address, port), Page)
    if context:  # the handshake is left to the thread of the connection: nobody may keep others waiting
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def md5(*parts):
    return hashlib.md5(":".join(parts).encode()).hexdigest()


def stream_server(address, realm, user, password):
    """GStreamer's RTSP server; digest only, as a camera of today is delivered."""
    Gst.init(None)
    auth = GstRtspServer.RTSPAuth.new()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.set_realm(realm)
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    auth.add_digest(user, password, token)

    server = GstRtspServer.RTSPServer.new()
    server.set_address(address)
    server.set_service("554")
    server.set_auth(auth)
    for path, elements in STREAMS.items():
        media = GstRtspServer.RTSPMediaFactory.new()
        media.set_launch(f"( {elements} )")
        media.set_shared(True)
        role = Gst.Structure.new_from_string(f"viewer,{GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS}=true,"
                                             f"{GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT}=true")
        media.add_role_from_structure(role)
        server.get_mount_points().add_factory(path, media)
    if server.attach(None) == 0:
        sys.exit("port 554 cannot be had")
    return server


def main(name, serial, user, password_file, address):
    with open(password_file, encoding="utf-8") as file:
        password = file.read().strip()
    realm = f"Network Camera {serial}"
    Page.name, Page.realm, Page.user, Page.password = name, realm, user, password
    serve(address, 80)
    serve(address, 443, tls(serial))
    server = stream_server(address, realm, user, password)  # the reference keeps it alive
    GLib.timeout_add_seconds(5, lambda: server.get_session_pool().cleanup() or True)
    GLib.MainLoop().run()


main(*sys.argv[1:])
