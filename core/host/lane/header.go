package lane

import (
	"net/http"
	"net/textproto"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// host is what every module is called by: none needs the school's real name.
const host = "module.preau"

// passes reports whether a person's header may reach a module: no credentials,
// nothing about this hop, nothing that pretends to come from the core.
func passes(key string) bool {
	if textproto.CanonicalMIMEHeaderKey(key) != key {
		key = textproto.CanonicalMIMEHeaderKey(key)
	}
	switch key {
	case "Cookie", "Authorization", "Proxy-Authorization", "Proxy-Authenticate", "Origin", "Referer",
		"Connection", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
		"Content-Length", "Host", "Expect", "Forwarded", "Via", "X-Real-Ip":
		return false
	}
	return !strings.HasPrefix(key, "Preau-") && !strings.HasPrefix(key, "X-Forwarded-") &&
		httpguts.ValidHeaderFieldName(key)
}

// clean reports a value without a line end or another control in it.
func clean(v string) bool {
	for i := range len(v) {
		if c := v[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// kept are the headers of a module's answer that mean something to a browser
// and do no harm. Everything else is dropped: cookies, the rules of the page
// (the core's own), what concerns this hop.
var kept = map[string]bool{
	"Accept-Ranges": true, "Allow": true, "Cache-Control": true, "Content-Disposition": true,
	"Content-Encoding": true, "Content-Language": true, "Content-Range": true, "Content-Type": true,
	"Etag": true, "Expires": true, "Last-Modified": true, "Retry-After": true, "Vary": true,
	"X-Accel-Buffering": true,
}

// upgraded are kept besides when the protocol changes.
var upgraded = map[string]bool{
	"Upgrade": true, "Sec-Websocket-Accept": true, "Sec-Websocket-Protocol": true, "Sec-Websocket-Extensions": true,
}

// sift drops in place what may not pass.
func sift(h http.Header, more map[string]bool) {
	for key := range h {
		if !kept[key] && !more[key] {
			delete(h, key)
		}
	}
}

// inside returns the address of a Location that stays inside the module, under
// base; ok is false for anything else.
func inside(base, location string) (_ string, ok bool) {
	path, _, _ := strings.Cut(location, "?")
	path, _, _ = strings.Cut(path, "#")
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(location, `\`) || !clean(location) {
		return "", false
	}
	for part := range strings.SplitSeq(path[1:], "/") {
		switch strings.ToLower(strings.ReplaceAll(strings.ToLower(part), "%2e", ".")) {
		case ".", "..":
			return "", false
		}
	}
	if strings.Contains(path, "//") || strings.Contains(strings.ToLower(path), "%2f") || strings.Contains(strings.ToLower(path), "%5c") {
		return "", false
	}
	return base + location, true
}
