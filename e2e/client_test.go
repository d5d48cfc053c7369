package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// client is a program signed in as somebody: no browser, the same addresses.
type client struct {
	*http.Client
	origin string
}

// signedIn signs a program in on this school.
func signedIn(t *testing.T, s *School, a Account) *client {
	t.Helper()
	c, err := signIn(s, a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func signIn(s *School, a Account) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{origin: s.URL, Client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	status, err := c.post("/connexion", url.Values{"identifiant": {a.Login}, "mot-de-passe": {a.Password}})
	if err != nil || status != http.StatusSeeOther {
		return nil, fmt.Errorf("signing in as %s: %d, %w", a.Login, status, err)
	}
	return c, nil
}

func (c *client) post(path string, form url.Values) (status int, err error) {
	req, err := http.NewRequest(http.MethodPost, c.origin+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", c.origin)
	res, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

func (c *client) get(path string) (body string, status int, err error) {
	res, err := c.Get(c.origin + path)
	if err != nil {
		return "", 0, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return string(b), res.StatusCode, err
}
