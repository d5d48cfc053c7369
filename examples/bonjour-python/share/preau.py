"""Préau modules in Python: the process's side of the contract in sdk/wire.

The steps are those of the Go SDK: handshake, Describe, Activate, serve, Drain,
end. Messages are made at run time from wire.binpb, the compiled .proto files;
there is no generated code.
"""
import base64
import functools
import json
import os
import signal
import socket
import stat
import sys
import tempfile
import threading
from concurrent import futures
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingMixIn, UnixStreamServer
from urllib.parse import parse_qs, urlsplit

os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"  # a module cannot fork

import grpc  # noqa: E402
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # noqa: E402

PROTOCOLS = (2, 1)  # of sdk/wire, the newest first
COOKIE = ("PREAU_MODULE", "f3f0a6d2-preau-module")
LIFELINE = 3  # the descriptor that the core holds open
TREE = "application/vnd.preau.ui+protobuf"
ERROR = "application/vnd.preau.error+json"
MAX_MESSAGE = 4 << 20

_pool = descriptor_pool.DescriptorPool()
with open(os.path.join(os.path.dirname(__file__), "wire.binpb"), "rb") as _f:
    for _file in descriptor_pb2.FileDescriptorSet.FromString(_f.read()).file:
        _pool.Add(_file)


@functools.cache
def message(name):
    """The class of a message: message("preau.ui.v1.Page")."""
    found = _pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):  # protobuf 4.22 and later
        return message_factory.GetMessageClass(found)
    return message_factory.MessageFactory(_pool).GetPrototype(found)


def key(name, /, **args):
    """A text that the core finds in locales/, with its arguments."""
    text = message("preau.ui.v1.Text")(key=name)
    for k, v in args.items():
        arg = text.args.add(name=k)
        if isinstance(v, int):
            arg.n = v
        else:
            arg.s = str(v)
    return text


class Refused(Exception):
    """What a page or widget raises to answer an error: kind and key."""

    def __init__(self, kind, name=""):
        super().__init__(kind, name)
        self.kind, self.key = kind, name or "error." + kind


HTTP = {"invalid": 422, "denied": 403, "notfound": 404, "conflict": 409, "unavailable": 503, "bug": 500}
CODES = {"invalid": "INVALID_ARGUMENT", "denied": "PERMISSION_DENIED", "notfound": "NOT_FOUND",
         "conflict": "ALREADY_EXISTS", "unavailable": "UNAVAILABLE", "bug": "INTERNAL"}


def log(level, text):
    """Writes a line into the module's log, as go-plugin reads it."""
    sys.stderr.write(json.dumps({"@level": level, "@message": text, "@module": "python"}) + "\n")
    sys.stderr.flush()


class Call:
    """One call: who asks, and with whose handle the core is asked back."""

    def __init__(self, module, viewer, handle, query=None):
        self.module, self.viewer, self.handle, self.query = module, viewer, handle, query or {}

    def core(self, method, request):
        """Asks a service of the core: core("Settings/Get", SettingsRequest())."""
        service, _, name = method.partition("/")
        declared = _pool.FindServiceByName("preau.core.v1." + service).FindMethodByName(name)
        ask = self.module.core.unary_unary(
            "/preau.core.v1." + method, request_serializer=lambda m: m.SerializeToString(),
            response_deserializer=message(declared.output_type.full_name).FromString)
        return ask(request, metadata=(("preau-call", self.handle),), timeout=5)

    def settings(self):
        """What the school set up, defaults filled in."""
        return json.loads(self.core("Settings/Get", message("preau.core.v1.SettingsRequest")()).json)


class Module:
    """A module of the folder that holds module.yaml."""

    def __init__(self, folder):
        self.pages, self.widgets, self.core = {}, {}, None
        self._end, self._lane, self._address = threading.Event(), None, {}
        self._told = threading.Condition()  # over _address
        self.id = self.version = ""
        with open(os.path.join(folder, "module.yaml"), encoding="utf-8") as f:
            for line in f:
                name, _, value = line.partition(":")
                if name in ("id", "version"):
                    setattr(self, name, value.split(" #")[0].strip().strip("\"'"))

    def page(self, path):
        def keep(f):
            self.pages[path] = f
            return f
        return keep

    def widget(self, name):
        def keep(f):
            self.widgets[name] = f
            return f
        return keep

    # The control lane.

    def describe(self, request, context):
        return message("preau.module.v1.DescribeResponse")(
            id=self.id, version=self.version, widgets=sorted(self.widgets), interfaces=["widgets"], schema=1)

    def activate(self, request, context):
        with self._told:
            if not self._told.wait_for(lambda: request.core_broker in self._address, 5):
                context.abort(grpc.StatusCode.UNAVAILABLE, "{}")
            address = self._address[request.core_broker]
        self.core = grpc.insecure_channel("unix:" + address, options=[("grpc.enable_http_proxy", 0)])
        self._lane = Lane(request.page_socket, self)
        threading.Thread(target=self._lane.run, daemon=True).start()
        return message("preau.module.v1.ActivateResponse")()

    def ping(self, request, context):
        return message("preau.module.v1.PingResponse")()

    def draw(self, request, context):
        widget = self.widgets.get(request.widget)
        try:
            if widget is None:
                raise Refused("notfound")
            return message("preau.module.v1.WidgetResponse")(node=widget(Call(self, request.viewer, request.handle)))
        except Exception as e:  # one answer, not the process
            kind, name = why(e)
        context.abort(getattr(grpc.StatusCode, CODES[kind]), json.dumps({"key": name}))

    def drain(self, request, context):
        if self._lane is not None:
            self._lane.drain(context.time_remaining() or 10)
        if self.core is not None:
            self.core.close()
        return message("preau.module.v1.DrainResponse")()

    # go-plugin's own services.

    def broker(self, requests, context):
        for told in requests:
            with self._told:
                self._address[told.service_id] = told.address
                self._told.notify_all()
        return
        yield  # a stream on which nothing is sent

    def stdio(self, request, context):
        self._end.wait()  # stdout and stderr are read from the process's own
        return
        yield

    def shutdown(self, request, context):
        self._end.set()
        return message("plugin.Empty")()

    # The process.

    def serve(self):
        """Runs the module until the core ends it; the last line of a program."""
        if os.environ.get(COOKIE[0]) != COOKIE[1]:
            sys.exit("C'est le cœur de Préau qui démarre ce module : preau serve. / Préau's core starts this module: preau serve.")
        mode = os.fstat(LIFELINE).st_mode
        if not stat.S_ISFIFO(mode) and not stat.S_ISSOCK(mode):
            sys.exit("no lifeline")
        os.set_inheritable(LIFELINE, False)
        threading.Thread(target=watch, daemon=True).start()
        spoken = [v for v in PROTOCOLS if str(v) in os.environ.get("PLUGIN_PROTOCOL_VERSIONS", "").split(",")]
        if not spoken:
            sys.exit("no protocol in common with the core")
        os.umask(0o077)  # sockets are this user's only
        folder = os.environ.get("PLUGIN_UNIX_SOCKET_DIR") or tempfile.mkdtemp(prefix="preau-")
        control = os.path.join(folder, "control")
        server = grpc.server(futures.ThreadPoolExecutor(16), options=[
            ("grpc.max_receive_message_length", MAX_MESSAGE), ("grpc.max_send_message_length", MAX_MESSAGE), ("grpc.so_reuseport", 0)])
        server.add_generic_rpc_handlers(list(self._handlers()))
        if server.add_insecure_port("unix:" + control) == 0:
            sys.exit("no control socket")
        server.start()
        signal.signal(signal.SIGTERM, lambda *_: self._end.set())
        print("1|%d|unix|%s|grpc" % (spoken[0], control), flush=True)
        self._end.wait()
        if self._lane is not None:
            self._lane.drain(10)
        server.stop(0)
        os._exit(0)

    def _handlers(self):
        own = {"Describe": self.describe, "Activate": self.activate, "Ping": self.ping, "Widget": self.draw, "Drain": self.drain}
        yield service("preau.module.v1.Module", {name: grpc.unary_unary_rpc_method_handler(f, **codec("preau.module.v1.Module", name))
                                                 for name, f in own.items()})
        yield service("plugin.GRPCBroker", {
            "StartStream": grpc.stream_stream_rpc_method_handler(self.broker, **codec("plugin.GRPCBroker", "StartStream"))})
        yield service("plugin.GRPCStdio", {
            "StreamStdio": grpc.unary_stream_rpc_method_handler(self.stdio, **codec("plugin.GRPCStdio", "StreamStdio"))})
        yield service("plugin.GRPCController", {
            "Shutdown": grpc.unary_unary_rpc_method_handler(self.shutdown, **codec("plugin.GRPCController", "Shutdown"))})
        yield service("grpc.health.v1.Health", {
            "Check": grpc.unary_unary_rpc_method_handler(lambda request, context: b"\x08\x01")})  # SERVING


def service(name, methods):
    return grpc.method_handlers_generic_handler(name, methods)


def codec(service_name, method):
    declared = _pool.FindServiceByName(service_name).FindMethodByName(method)
    return {"request_deserializer": message(declared.input_type.full_name).FromString,
            "response_serializer": lambda m: m.SerializeToString()}


def why(error):
    """Kind and key of what a handler raised; the cause only goes to the log."""
    if isinstance(error, Refused):
        return error.kind, error.key
    log("error", repr(error))
    return "bug", "error.bug"


def watch():
    """Ends the process at once when the core is gone."""
    while os.read(LIFELINE, 1):
        pass
    os._exit(1)


class Lane(ThreadingMixIn, UnixStreamServer):
    """The page lane: HTTP/1.1 on a Unix socket that only this user may open."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path, module):
        self.module, self.busy, self.idle = module, 0, threading.Condition()
        if os.path.exists(path):  # left by a killed process
            os.unlink(path)
        super().__init__(path, PageHandler)

    def run(self):
        """Gives each connection a thread, until drain."""
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.process_request(connection, "")

    def drain(self, seconds):
        """Takes no new connection and lets the answers under way finish."""
        self.socket.shutdown(socket.SHUT_RDWR)
        with self.idle:
            self.idle.wait_for(lambda: self.busy == 0, seconds)


class PageHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "preau", ""

    def do_GET(self):
        with self.server.idle:
            self.server.busy += 1
        try:
            self.answer()
        finally:
            with self.server.idle:
                self.server.busy -= 1
                self.server.idle.notify_all()

    def answer(self):
        try:
            to = urlsplit(self.path)
            page = self.server.module.pages.get(to.path)
            if page is None:
                raise Refused("notfound")
            raw = self.headers.get("Preau-Viewer", "")
            viewer = message("preau.module.v1.Viewer").FromString(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
            call = Call(self.server.module, viewer, self.headers.get("Preau-Call", ""), parse_qs(to.query))
            self.send(200, TREE, page(call).SerializeToString())
        except Exception as e:  # one answer, not the process
            kind, name = why(e)
            self.send(HTTP[kind], ERROR, json.dumps({"kind": kind, "key": name}).encode())

    def send_error(self, code, *_):
        """Answers what http.server refuses by itself as an error of the module's."""
        self.close_connection = True
        if code == 414:  # a first line without end: the core still writes it
            for _ in range(64):
                if self.rfile.readline(1 << 16) in (b"\r\n", b"\n", b""):
                    break
        self.send(HTTP["invalid"], ERROR, b'{"kind": "invalid", "key": "error.invalid"}')

    def send(self, status, mime, body):
        self.send_response_only(status)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Addresses are nobody's business."""
