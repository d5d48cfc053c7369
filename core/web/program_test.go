package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// program is a client that has nothing but a token, as curl would be.
type program struct {
	*site
	secret string
}

func (s *site) program(login string, school ids.SchoolID, scopes ...string) program {
	s.t.Helper()
	person, err := s.Identity.PersonByLogin(s.t.Context(), login)
	if err != nil {
		s.t.Fatal(err)
	}
	secret, _, err := s.Identity.MakeToken(s.t.Context(), audit.By{Person: person}, identity.Token{Person: person, School: school,
		Name: "essai", Scopes: scopes, Expires: time.Now().Add(time.Hour)})
	if err != nil {
		s.t.Fatal(err)
	}
	return program{s, secret}
}

func (p program) ask(method, path string, form ...string) (*http.Request, response) {
	p.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	var body io.Reader
	if method != "GET" {
		body = strings.NewReader(values.Encode())
	}
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	if method != "GET" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.secret != "" {
		req.Header.Set("Authorization", "Bearer "+p.secret)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return req, response{res, string(b)}
}

func TestTokenWithinItsScopes(t *testing.T) {
	s := start(t, "banc")
	p := s.program("lea", college, "moi:read", "banc:read")
	for _, c := range []struct {
		method, path string
		want         int
		key          string
	}{
		{"GET", "/api/v1/moi", 200, ""},
		{"GET", "/api/v1/accueil", 200, ""},
		{"GET", "/api/v1/modules", 200, ""},
		{"GET", "/api/v1/notifications", 200, ""},
		{"GET", "/api/v1/m/banc/", 200, ""},
		{"GET", "/api/v1/m/banc/reserve", 200, ""},
		{"GET", "/api/v1/m/banc/nulle-part", 404, "host.noroute"},
		{"GET", "/api/v1/m/bonjour/", 403, "web.api.scope"},
		{"GET", "/api/v1/personnes", 403, "web.api.scope"},
		{"POST", "/api/v1/notifications", 403, "web.api.scope"},
		{"POST", "/api/v1/m/banc/note", 403, "web.api.scope"},
		{"GET", "/api/v1/nulle-part", 404, "web.notfound"},
	} {
		_, res := p.ask(c.method, c.path)
		if res.StatusCode != c.want || !strings.Contains(res.text, c.key) || !strings.Contains(res.Header.Get("Content-Type"), "json") {
			t.Errorf("%s %s: %d %s %s", c.method, c.path, res.StatusCode, res.Header.Get("Content-Type"), res.text)
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", c.path)
		}
	}
	_, res := p.ask("GET", "/api/v1/m/banc/")
	if !strings.Contains(res.text, `"plain":"Banc`) {
		t.Errorf("a page as a program reads it: %s", res.text)
	}
	writer := s.program("lea", college, "banc:write")
	if _, res := writer.ask("POST", "/api/v1/m/banc/note"); res.StatusCode != 303 || res.Header.Get("Location") != "/api/v1/m/banc/" {
		t.Errorf("an action: %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	if _, res := writer.ask("GET", "/api/v1/m/banc/"); res.StatusCode != 403 {
		t.Errorf("writing is not reading: %d", res.StatusCode)
	}
}

func TestTokenThatIsRefused(t *testing.T) {
	s := start(t, "banc")
	bad := func(what string, p program, path string, want int) {
		t.Helper()
		_, res := p.ask("GET", path)
		if res.StatusCode != want {
			t.Errorf("%s: %d %s", what, res.StatusCode, res.text)
		}
		if want == 401 && !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s: no challenge", what)
		}
	}
	bad("no token", program{s, ""}, "/api/v1/moi", 401)
	bad("garbage", program{s, "preau_garbage"}, "/api/v1/moi", 401)

	// A cookie is no token, a token no session.
	visitor := s.as("lea")
	if res := visitor.get("/api/v1/moi", "Accept", "application/json"); res.StatusCode != 401 {
		t.Errorf("a session under /api/v1: %d", res.StatusCode)
	}
	good := s.program("lea", college, "moi:read", "banc:read", "annuaire:read")
	if _, res := good.ask("GET", "/compte"); res.StatusCode != 303 {
		t.Errorf("a token on a page: %d", res.StatusCode)
	}
	bad("what the person may not", good, "/api/v1/personnes", 403)
	bad("a pupil may have none", s.program("ana", college, "moi:read"), "/api/v1/moi", 403)

	// The token of another school sees nothing of this one.
	elsewhere := s.program("tom", lycee, "moi:read", "banc:read")
	_, res := elsewhere.ask("GET", "/api/v1/moi")
	if res.StatusCode != 200 || !strings.Contains(res.text, string(lycee)) || strings.Contains(res.text, string(college)) {
		t.Errorf("another school's token: %d %s", res.StatusCode, res.text)
	}
	bad("its module of the first school", elsewhere, "/api/v1/m/banc/", 404)

	list, err := s.Identity.Tokens(t.Context(), college, s.login("lea"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if res := visitor.post("/compte/jetons/retirer", "jeton", list[0].ID); res.StatusCode != 303 {
		t.Fatalf("revoking: %d %s", res.StatusCode, res.text)
	}
	bad("revoked", good, "/api/v1/moi", 401)
}

func TestTokenExpires(t *testing.T) {
	var ahead atomic.Int64
	s := startWith(t, core.Config{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	p := s.program("lea", college, "moi:read")
	if _, res := p.ask("GET", "/api/v1/moi"); res.StatusCode != 200 {
		t.Fatalf("in time: %d", res.StatusCode)
	}
	ahead.Store(int64(2 * time.Hour))
	_, res := p.ask("GET", "/api/v1/moi")
	if res.StatusCode != 401 || !strings.Contains(res.text, "identity.token.expired") {
		t.Errorf("expired: %d %s", res.StatusCode, res.text)
	}
}

func TestTokenIsMadeInTheAccount(t *testing.T) {
	s := start(t, "banc")
	v := s.as("lea")
	if res := v.get("/compte"); !strings.Contains(res.text, `href="/compte/jetons"`) {
		t.Error("the account does not lead to the tokens")
	}
	page := v.get("/compte/jetons").text
	if !strings.Contains(page, `value="banc:read"`) || strings.Contains(page, "annuaire:read") {
		t.Errorf("scopes offered: %s", page)
	}
	if res := v.post("/compte/jetons", "nom", "x", "duree", "30", "droits", "annuaire:read"); res.StatusCode != 403 {
		t.Errorf("a right one has not: %d", res.StatusCode)
	}
	if res := v.post("/compte/jetons", "nom", "", "duree", "30", "droits", "moi:read"); res.StatusCode != 422 {
		t.Errorf("no name: %d", res.StatusCode)
	}
	if res := v.post("/compte/jetons", "nom", "x", "duree", "3000", "droits", "moi:read"); res.StatusCode != 422 {
		t.Errorf("for ever: %d", res.StatusCode)
	}
	res := v.post("/compte/jetons", "nom", "Mon tableau", "duree", "30", "droits", "moi:read", "droits", "banc:read")
	_, rest, found := strings.Cut(res.text, identity.TokenPrefix)
	if res.StatusCode != 201 || !found || len(rest) < 43 {
		t.Fatalf("made: %d %s", res.StatusCode, res.text)
	}
	secret := identity.TokenPrefix + rest[:43]
	if _, res := (program{s, secret}).ask("GET", "/api/v1/moi"); res.StatusCode != 200 {
		t.Errorf("with the secret: %d", res.StatusCode)
	}
	if page := v.get("/compte/jetons").text; strings.Contains(page, secret) || !strings.Contains(page, "Mon tableau") {
		t.Error("the list shows the secret, or not the token")
	}
	if res := s.as("ana").get("/compte/jetons"); res.StatusCode != 403 {
		t.Errorf("a pupil: %d", res.StatusCode)
	}
}

// TestDocumentIsTrue reads the OpenAPI document with a library of its own, and
// holds real answers to it.
func TestDocumentIsTrue(t *testing.T) {
	s := start(t, "banc")
	p := s.program("yann", college, "moi:read", "moi:write", "annuaire:read", "banc:read")
	_, res := program{s, ""}.ask("GET", "/api/v1/openapi.json")
	if strings.Contains(res.text, "banc") || !strings.Contains(res.text, "/api/v1/moi") {
		t.Errorf("what nobody is told: %s", res.text)
	}
	_, res = p.ask("GET", "/api/v1/openapi.json")
	if res.StatusCode != 200 {
		t.Fatalf("document: %d %s", res.StatusCode, res.text)
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(res.text))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if doc.Paths.Find("/api/v1/m/banc/fichier/{p1}") == nil || doc.Paths.Find("/api/v1/m/banc/reserve") != nil {
		t.Error("the document does not follow the manifest and the person's rights")
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][]string{{"GET", "/api/v1/moi"}, {"GET", "/api/v1/accueil"}, {"GET", "/api/v1/modules"}, {"GET", "/api/v1/notifications"},
		{"GET", "/api/v1/classes"}, {"GET", "/api/v1/personnes?profil=parent"}, {"GET", "/api/v1/m/banc/"}, {"POST", "/api/v1/notifications"}, {"GET", "/api/v1/personnes?profil=rien"}} {
		req, res := p.ask(c[0], c[1])
		validate(t, router, req, res)
	}
	page := s.as("yann").get("/api/v1")
	if page.StatusCode != 200 || !strings.Contains(page.text, "/api/v1/m/banc/fichier/{p1}") || !strings.Contains(page.text, "/compte/jetons") {
		t.Errorf("the readable page: %d", page.StatusCode)
	}
}

func validate(t *testing.T, router routers.Router, req *http.Request, res response) {
	t.Helper()
	again := req.Clone(context.Background())
	again.Body = http.NoBody
	r, params, err := router.FindRoute(again)
	if err != nil {
		t.Errorf("%s %s: %v", req.Method, req.URL, err)
		return
	}
	in := &openapi3filter.ResponseValidationInput{RequestValidationInput: &openapi3filter.RequestValidationInput{Request: again, PathParams: params, Route: r},
		Status: res.StatusCode, Header: res.Header, Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	in.SetBodyBytes(bytes.Clone([]byte(res.text)))
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		t.Errorf("%s %s: %v", req.Method, req.URL, err)
	}
	if res.StatusCode == 200 && !json.Valid([]byte(res.text)) {
		t.Errorf("%s %s: %s", req.Method, req.URL, res.text)
	}
}
