package host_test

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var pageTrials = []trial{
	{name: "redirect", site: true, stops: "an address to go to stays below the module's own", sees: "to its own pages: `302 to /m/hostile/` or 303; to anywhere else: `503`",
		do: func(y *yard) {
			for to, want := range map[string]string{
				"/": "/m/hostile/", "/connexion": "/m/hostile/connexion", "/m/voisin/": "/m/hostile/m/voisin/",
				"https://ailleurs.example/": "", "//ailleurs.example": "", "/\\ailleurs.example": "", "/../../deconnexion": "", "javascript:alert(1)": "",
				"/%2e%2e/%2e%2e/compte": "", "": "", "/x\r\nSet-Cookie: a=b": "/m/hostile/x  Set-Cookie: a=b", "compte": "", "/%2F/ailleurs.example": "",
			} {
				r := y.visit(at("/reponse/redirect", "to", to))
				check(y.t, r.err)
				y.note("%d to %s", r.StatusCode, r.Header.Get("Location"))
				if got := r.Header.Get("Location"); got != want || want == "" && r.StatusCode != 503 {
					y.t.Errorf("to %q: %d to %q, want %q", to, r.StatusCode, got, want)
				}
			}
			y.note("302 to /m/hostile/")
		}},
	{name: "cookies", site: true, stops: "a module's answer carries no cookie, its request none of the visitor's", sees: "`cookies seen: .`: nothing was set, nothing was seen",
		do: func(y *yard) {
			r := y.visit("/m/hostile/reponse/cookies")
			check(y.t, r.err)
			y.note("%s.", r.body)
			if len(r.Header["Set-Cookie"])+len(r.Header["Set-Cookie2"])+len(r.Header["Clear-Site-Data"]) > 0 {
				y.t.Errorf("set: %v", r.Header)
			}
		}},
	{name: "headers", site: true, stops: "a short list of headers passes; security headers are the core's own", sees: "the core's policy, whatever the module says: `sandbox`, `nosniff`, `no-store`",
		do: func(y *yard) {
			r := y.visit("/m/hostile/reponse/headers")
			check(y.t, r.err)
			own := y.visit("/m/hostile/").Header
			for _, k := range []string{"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control"} {
				if r.Header.Get(k) != own.Get(k) || own.Get(k) == "" {
					y.t.Errorf("%s: %q, the core's is %q", k, r.Header.Get(k), own.Get(k))
				}
				y.note("%s: %s", k, r.Header.Get(k))
			}
			for _, k := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Service-Worker-Allowed", "Link", "Refresh", "Preau-Secret", "Preau-Viewer",
				"Preau-Call", "Hx-Redirect", "Hx-Trigger", "Sourcemap", "Alt-Svc", "Report-To", "Nel", "X-Frame-Options", "Strict-Transport-Security"} {
				if v := r.Header.Get(k); v != "" {
					y.t.Errorf("%s: %q reached the visitor", k, v)
				}
			}
			y.fenced(r)
			if id := r.Header.Get("X-Request-Id"); id == "x" || id == "" {
				y.t.Errorf("request id %q", id)
			}
		}},
	{name: "script", site: true, stops: "what a browser could run is saved, not shown, and fenced besides", sees: "`attachment`, `sandbox`",
		do: func(y *yard) {
			for _, kind := range []string{"text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/javascript", "text/css",
				"multipart/x-mixed-replace", "application/x-shockwave-flash", "text/html\t", "", "x", "application/pdf, text/html"} {
				r := y.visit(at("/reponse/script", "type", kind))
				check(y.t, r.err)
				y.note("%q: %s", kind, r.Header.Get("Content-Disposition"))
				if !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") {
					y.t.Errorf("%q is shown: %q", kind, r.Header.Get("Content-Disposition"))
				}
				y.fenced(r)
			}
		}},
	{name: "markup", site: true, stops: "trees hold texts, never markup: the core escapes every one", sees: "the attack in letters: `&lt;script&gt;`",
		do: func(y *yard) {
			r := y.visit("/m/hostile/reponse/markup")
			check(y.t, r.err)
			y.note("%s", r.body)
			y.harmless(r)
		}},
	{name: "leads", site: true, stops: "a link names a page of a module, never an address", sees: "nothing leads there: `no link`",
		do: func(y *yard) {
			r := y.visit("/m/hostile/reponse/leads")
			check(y.t, r.err)
			y.harmless(r)
			if strings.Contains(r.body, "ailleurs.example") || strings.Contains(r.body, "javascript:") {
				y.t.Errorf("it leads away: %s", r.body)
			}
			y.note("no link")
		}},
}

// fenced: nothing in the answer runs or loads, whatever a browser makes of it.
func (y *yard) fenced(r visited) {
	y.t.Helper()
	policy := r.Header["Content-Security-Policy"]
	y.note("policy: %v", policy)
	if len(policy) != 1 || !strings.Contains(policy[0], "sandbox") || !strings.Contains(policy[0], "default-src 'none'") || strings.Contains(policy[0], "unsafe") {
		y.t.Errorf("policy %v", policy)
	}
	if r.Header.Get("X-Content-Type-Options") != "nosniff" {
		y.t.Errorf("sniffing: %v", r.Header)
	}
}

// ours reports that a picture is one of the core's assets.
func ours(img *html.Node) bool {
	return slices.ContainsFunc(img.Attr, func(a html.Attribute) bool { return a.Key == "src" && strings.HasPrefix(a.Val, "/assets/") })
}

// harmless: a page that the core drew (or an error page in its place) with
// nothing in it that runs, loads or leads away.
func (y *yard) harmless(r visited) {
	y.t.Helper()
	if r.StatusCode != http.StatusOK && r.StatusCode != http.StatusServiceUnavailable {
		y.t.Errorf("status %d", r.StatusCode)
	}
	root, err := html.Parse(strings.NewReader(r.body))
	check(y.t, err)
	elements := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		elements++
		if n.Data == "script" && n.FirstChild != nil || n.Data == "iframe" || n.Data == "img" && !ours(n) || n.Data == "object" || n.Data == "style" {
			y.t.Errorf("<%s> is in the page", n.Data)
		}
		for _, a := range n.Attr {
			v := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(v, "javascript:") && a.Key == "href" || strings.HasPrefix(v, "data:") {
				y.t.Errorf("<%s %s=%q> is in the page", n.Data, a.Key, a.Val)
			}
		}
	}
	if elements < 10 {
		y.t.Errorf("no page: %s", r.body)
	}
}
