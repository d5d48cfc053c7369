package main

import (
	"io"
	"net/http"
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

const ofPages = "attacks on pages"

var onPages = []wrong{
	{Name: "redirect", Family: ofPages, Tries: "sends the visitor to another site or to the core's own pages", answer: redirect},
	{Name: "cookies", Family: ofPages, Tries: "sets cookies and reads the visitor's", answer: cookies},
	{Name: "headers", Family: ofPages, Tries: "weakens the security headers and forges the core's", answer: headers},
	{Name: "script", Family: ofPages, Tries: "answers HTML and script as files of every kind", answer: script},
	{Name: "markup", Family: ofPages, Tries: "hides HTML and script in every text of every node", answer: func(w http.ResponseWriter, _ *http.Request) { drawn(w, markup()) }},
	{Name: "leads", Family: ofPages, Tries: "leads links, buttons and forms out of its own pages", answer: func(w http.ResponseWriter, _ *http.Request) { drawn(w, leads()) }},
}

// redirect goes where the test says: ?to= is sent as it is.
func redirect(w http.ResponseWriter, r *http.Request) {
	w.Header()["Location"] = []string{r.FormValue("to")}
	w.WriteHeader(http.StatusFound)
}

func cookies(w http.ResponseWriter, r *http.Request) {
	for _, v := range []string{"preau=mine; Path=/", "__Host-preau=mine; Path=/; Secure", "a=b"} {
		w.Header().Add("Set-Cookie", v)
	}
	w.Header().Set("Set-Cookie2", "preau=mine")
	w.Header().Set("Clear-Site-Data", `"cookies"`)
	io.WriteString(w, "cookies seen: "+r.Header.Get("Cookie")+r.Header.Get("Authorization"))
}

func headers(w http.ResponseWriter, _ *http.Request) {
	for k, v := range map[string]string{
		"Content-Security-Policy": "default-src * 'unsafe-inline'", "X-Content-Type-Options": "x", "X-Frame-Options": "ALLOWALL",
		"Referrer-Policy": "unsafe-url", "Permissions-Policy": "camera=*", "Cross-Origin-Opener-Policy": "unsafe-none",
		"Cross-Origin-Resource-Policy": "cross-origin", "Strict-Transport-Security": "max-age=0", "Access-Control-Allow-Origin": "*",
		"Access-Control-Allow-Credentials": "true", "Service-Worker-Allowed": "/", "Link": "</x.js>; rel=preload", "Refresh": "0; url=/deconnexion",
		"Cache-Control": "public, max-age=31536000", "Preau-Secret": "x", wire.HeaderViewer: "x", wire.HeaderCall: "x", "Hx-Redirect": "/deconnexion",
		"Hx-Trigger": "x", "SourceMap": "/x", "Alt-Svc": `h2="x:443"`, "Report-To": "x", "Nel": "x", "X-Request-Id": "x",
	} {
		w.Header().Set(k, v)
	}
	io.WriteString(w, "headers")
}

const page = `<!doctype html><script>alert(1)</script><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`

// script answers the same page under the type that the test says.
func script(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", r.FormValue("type"))
	w.Header().Set("Content-Disposition", "inline")
	io.WriteString(w, page)
}

// drawn answers a tree that the SDK would have refused.
func drawn(w http.ResponseWriter, p *ui.Page) {
	b, err := ui.Encode(p)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	asTree(w)
	w.Write(b)
}

const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:alert(1))' onmouseover='alert(1)`

// markup has a node of every kind with the attack in every text, whatever
// message it is in.
func markup() *ui.Page {
	p := &ui.Page{}
	fields := (&wire.Node{}).ProtoReflect().Descriptor().Oneofs().ByName("kind").Fields()
	for i := range fields.Len() {
		n := &wire.Node{}
		poison(n.ProtoReflect().Mutable(fields.Get(i)).Message(), 5)
		n.Title, n.Empty = ui.S(attack), &wire.Empty{Text: ui.S(attack)}
		p.Nodes = append(p.Nodes, n)
	}
	p.Title, p.Subtitle = ui.S(attack), ui.S(attack)
	return p
}

var anchors int

// poison fills every field of a message, some levels deep.
func poison(m protoreflect.Message, levels int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		text, is := protoreflect.ValueOfString(attack), f.Kind() == protoreflect.StringKind
		switch {
		case f.IsMap():
			m.Mutable(f).Map().Set(text.MapKey(), text)
		case is && f.IsList():
			m.Mutable(f).List().Append(text)
		case is && f.Name() == "path":
			m.Set(f, protoreflect.ValueOfString("/"))
		case is && f.Name() == "icon": // of a closed set, or the page is refused
			m.Set(f, protoreflect.ValueOfString("list"))
		case is && f.Name() == "id": // one twice, and the page is refused
			anchors++
			m.Set(f, protoreflect.ValueOfString(attack+strconv.Itoa(anchors)))
		case is:
			m.Set(f, text)
		case f.Kind() == protoreflect.MessageKind && levels > 0 && f.IsList():
			poison(m.Mutable(f).List().AppendMutable().Message(), levels-1)
		case f.Kind() == protoreflect.MessageKind && levels > 0:
			poison(m.Mutable(f).Message(), levels-1)
		}
	}
}

// leads has links, buttons and forms to where a module may not lead.
func leads() *ui.Page {
	p := &ui.Page{Title: ui.S("leads")}
	for _, to := range []string{"javascript:alert(1)", "//ailleurs.example", "https://ailleurs.example/", "/../../administration", `/\ailleurs.example`, "data:text/html,x", "/%2e%2e/compte"} {
		l := &ui.Link{Path: to, Label: ui.S("ici")}
		p.Nodes = append(p.Nodes, ui.LinksOf(l), ui.Act(&ui.Action{Path: to, Label: ui.S("là")}),
			ui.FormOf(ui.NewForm(to, "hostile.hello", ui.TextField("a", "hostile.hello"))))
		p.Crumbs = append(p.Crumbs, l)
	}
	return p
}
